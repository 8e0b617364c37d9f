package dev.ringpost.demo;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the story for people to read. */
public final class DemoPrinter implements DemoStory.Listener {
    private static final String LINE = "%-12s  %-24s  %-10s  %-14s  %7s  %9s  %-9s  %s";
    private static final String ROW = "%-12s  %-24s  %-10s  %-14s  %7s  %-9s  %6s  %8s  %s";

    private final PrintWriter out;
    private final boolean colours;
    private final DateTimeFormatter time;
    private final Map<String, String> labels = new HashMap<>();
    private boolean headed;

    public DemoPrinter(PrintWriter out, boolean colours, ZoneId zone) {
        this.out = out;
        this.colours = colours;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    void opening(URI server, URI receiver) {
        print("Ringpost runs at " + server + ", a receiver for its webhooks at " + receiver);
        print("");
    }

    @Override
    public void webhookCreated(String path, String events) {
        print("webhook  %-10s  %s".formatted(path, events));
    }

    @Override
    public void callPlaced(String callId, String label, String about) {
        labels.put(callId, label);
        print("call     %-10s  %s, %s".formatted(label, callId, about));
    }

    @Override
    public void arrived(Arrival arrival) {
        if (!headed) {
            headed = true;
            out.println();
            heading(LINE.formatted("TIME", "EVENT", "CALL", "RECEIVER", "ATTEMPT", "LATENCY", "SIGNATURE", "ANSWERED"));
        }
        String line = LINE.formatted(
                time.format(arrival.at()),
                arrival.event(),
                label(arrival.callId()),
                arrival.path(),
                arrival.attempt(),
                arrival.latency().toMillis() + " ms",
                arrival.isVerified() ? "verified" : "WRONG",
                arrival.answered());
        print(colour(line, arrival.isVerified() && arrival.answered() < 300 ? Colour.GREEN : Colour.RED));
        if (arrival.signatureFault() != null) {
            print("              " + arrival.signatureFault());
        }
    }

    /** @param history newest first */
    public void history(List<HistoryRow> history) {
        out.println();
        print("The delivery history, newest first (GET /v1/deliveries):");
        out.println();
        heading(ROW.formatted("COMPLETED", "EVENT", "CALL", "RECEIVER", "ATTEMPT", "STATUS", "ANSWER", "TOOK", "NEXT"));
        for (HistoryRow row : history) {
            String line = ROW.formatted(
                    clockTime(row.completedAt()),
                    row.event(),
                    label(row.callId()),
                    row.path(),
                    row.attempt(),
                    row.status(),
                    row.responseStatus() == null ? "-" : row.responseStatus(),
                    row.durationMs() + " ms",
                    row.nextRetryAt() == null ? "" : clockTime(row.nextRetryAt()));
            print(row.status().equals("succeeded") ? line.stripTrailing() : colour(line, Colour.RED));
        }
    }

    /** @param faults empty: all is well */
    void verdict(List<String> faults) {
        print("");
        if (faults.isEmpty()) {
            print(colour("Everything was delivered, in order, and every signature was verified.", Colour.GREEN));
        } else {
            print(colour("The demo FAILED:", Colour.RED));
            faults.forEach(fault -> print("  " + fault));
        }
        print("");
    }

    /** A command to type. */
    void command(String text) {
        print("");
        print(colour(text, Colour.BOLD));
        print("");
    }

    /** The column heads stand above the next arrival once more. */
    void headingAgain() {
        headed = false;
    }

    private String clockTime(String rfc3339) {
        return time.format(Instant.parse(rfc3339));
    }

    /** The plan's name of a call, or the end of its id for a call that is not of the plan. */
    private String label(String callId) {
        return labels.getOrDefault(callId, ".." + callId.substring(Math.max(0, callId.length() - 8)));
    }

    private void heading(String line) {
        print(colour(line, Colour.BOLD));
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    private String colour(String text, Colour colour) {
        return colours ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    private enum Colour {
        BOLD(1),
        RED(31),
        GREEN(32);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
