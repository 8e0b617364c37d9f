package dev.ringpost.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A line for each try of an event; what else happens goes where complaints go. */
public final class ListenPrinter implements Listener.Audience {
    private static final String LINE = "%-12s  %-24s  %-28s  %-28s  %s";

    private final Consumer<String> out;
    private final Consumer<String> complaints;
    private final Style style;
    private final InstantSource clock;
    private final URI target;
    private final DateTimeFormatter time;
    private boolean headed;

    /**
     * How lines look.
     *
     * @param json for programs
     * @param zone of the times, where they are for people
     */
    public record Style(boolean json, boolean colours, ZoneId zone) {}

    public ListenPrinter(
            Consumer<String> out, Consumer<String> complaints, Style style, InstantSource clock, URI target) {
        this.out = out;
        this.complaints = complaints;
        this.style = style;
        this.clock = clock;
        this.target = target;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(style.zone());
    }

    @Override
    public void connected() {
        if (style.json()) {
            return;
        }
        if (headed) {
            complaints.accept("connected again");
            return;
        }
        headed = true;
        out.accept("Events go to " + target + " until Ctrl-C");
        String heading = LINE.formatted("TIME", "EVENT", "ID", "CALL", "ANSWER");
        out.accept(style.colours() ? Colour.BOLD.of(heading) : heading);
    }

    @Override
    public void tried(JsonNode event, int attempt, Forwarder.Outcome outcome, @Nullable Duration next) {
        if (style.json()) {
            out.accept(json(event, attempt, outcome));
            return;
        }
        String line = LINE.formatted(
                time.format(clock.instant()),
                event.path("event").asText(),
                event.path("id").asText(),
                event.path("call_id").asText(),
                answer(attempt, outcome, next));
        Integer status = outcome.status();
        boolean isGood = status != null && status / 100 == 2;
        out.accept(style.colours() ? (isGood ? Colour.GREEN : Colour.RED).of(line) : line);
    }

    private static String answer(int attempt, Forwarder.Outcome outcome, @Nullable Duration next) {
        String took = outcome.millis() + " ms";
        if (outcome.status() != null) {
            return outcome.status() + " in " + took + (attempt > 1 ? ", try " + attempt : "");
        }
        String then = next == null ? "given up after " + attempt + " tries" : "again in " + next.toSeconds() + " s";
        return outcome.error() + ", " + then;
    }

    private static String json(JsonNode event, int attempt, Forwarder.Outcome outcome) {
        ObjectNode line = Remote.JSON.createObjectNode();
        line.set("event_id", event.path("id"));
        line.set("event", event.path("event"));
        line.set("call_id", event.path("call_id"));
        line.put("attempt", attempt);
        line.put("response_status", outcome.status());
        line.put("duration_ms", outcome.millis());
        line.put("error", outcome.error());
        return line.toString();
    }

    @Override
    public void disconnected(String why, Duration next) {
        complaints.accept(why + "; connecting again in " + next.toSeconds() + " s, nothing is lost");
    }

    @Override
    public void missed(JsonNode gap) {
        complaints.accept("events after " + gap.path("last_event_id").asText() + " are no longer kept; going on with "
                + gap.path("kept_since").asText());
    }
}
