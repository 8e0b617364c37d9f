package dev.ringpost.bench;

import dev.ringpost.bench.Curves.Curve;
import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.store.Customers;
import dev.ringpost.bench.store.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Throughput and latency as what is stored grows. */
final class Growth implements Scenario {
    private static final List<Column> COLUMNS = List.of(
            Column.DONE,
            Column.CPU,
            Column.WRITTEN,
            Column.RESIDENT,
            Column.P50,
            Column.P99,
            Column.MAX,
            Column.FIRST_PAGE,
            Column.FAILED_PAGE,
            Column.WEBHOOK_PAGE,
            Column.MEGABYTES);
    private static final int PUBLISHERS = 64;
    private static final int RATE = 1000;

    /** Steps on the way to the whole. */
    private static final List<Double> PARTS = List.of(0.0, 0.05, 0.25, 1.0);

    private static final int[] CUSTOMERS = {1, 1000, 10_000, 100_000};
    private static final int PAGES = 20;

    private final Set<What> wanted;
    private final @Nullable Path picture;

    enum What {
        LOG,
        WAITING,
        WEBHOOKS,
        ACCOUNTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param wanted which curves; empty: all
     * @param picture where the curves are drawn; null: nowhere
     */
    Growth(Collection<What> wanted, @Nullable Path picture) {
        this.wanted = wanted.isEmpty() ? EnumSet.allOf(What.class) : EnumSet.copyOf(wanted);
        this.picture = picture;
    }

    @Override
    public void run(Run run) throws IOException {
        run.table().section("growth: closed loop of 64, latency at 1000/s", COLUMNS);
        long history = run.settings().history();
        Curves curves = new Curves();
        for (What what : wanted) {
            curves.add(
                    switch (what) {
                        case LOG -> past(run, "attempts in the log", parts(history), false);
                        case WAITING -> past(run, "deliveries that wait", parts(history / 4), true);
                        case WEBHOOKS -> customers(run, "webhooks of the account", false);
                        case ACCOUNTS -> customers(run, "accounts", true);
                    });
        }
        if (picture != null) {
            Files.writeString(picture, curves.svg());
        }
    }

    private static long[] parts(long whole) {
        return PARTS.stream()
                .mapToLong(part -> (long) (part * whole))
                .distinct()
                .toArray();
    }

    private static Curve past(Run run, String what, long[] steps, boolean waiting) throws IOException {
        Curve curve = new Curve(what);
        Path data = run.newFolder().resolve("data");
        History history = new History(data);
        Flights flights = new Flights(1);
        try (Sink sink = new Sink(flights)) {
            String customer = Customers.withWebhooks(data, 1, sink.url() + "/hook");
            for (long step : steps) {
                run.say(what + ": filling to " + step);
                if (waiting) {
                    history.waitFor(step);
                } else {
                    history.growTo(step);
                }
                try (MeasuredServer server = new MeasuredServer(run, data, flights, List.of(), List.of())) {
                    Row row = measure(server, step + " " + what, List.of(customer));
                    pages(row, server, history);
                    row.with(Column.MEGABYTES, Files.size(data.resolve("ringpost.db")) / 1e6);
                    run.table().add(row);
                    curve.add(step, row);
                }
            }
            sink.check();
        }
        return curve;
    }

    private static Curve customers(Run run, String what, boolean accounts) throws IOException {
        Curve curve = new Curve(what);
        int[] counts =
                Arrays.stream(CUSTOMERS).map(run.settings()::atMost).distinct().toArray();
        for (int count : counts) {
            curve.add(count, customers(run, what, count, accounts));
        }
        return curve;
    }

    private static Row customers(Run run, String what, int count, boolean accounts) throws IOException {
        run.say(what + ": filling to " + count);
        Flights flights = new Flights(1);
        Path data = run.newFolder().resolve("data");
        try (Sink sink = new Sink(flights)) {
            String url = sink.url() + "/hook";
            List<String> ids = accounts
                    ? Customers.withAWebhookEach(data, count, url)
                    : List.of(Customers.withSilentWebhooks(data, count, url));
            try (MeasuredServer server = new MeasuredServer(run, data, flights, List.of(), List.of())) {
                Row row = measure(server, count + " " + what, ids);
                run.table().add(row);
                sink.check();
                return row;
            }
        }
    }

    private static Row measure(MeasuredServer server, String name, List<String> accounts) {
        Reports reports = new Reports(Reports.started(), 1, accounts);
        Row closed = server.closed(name + ", closed loop", reports, PUBLISHERS, MeasuredServer.MOST_WAITING);
        Row open = server.open(name + ", open loop", reports, RATE);
        Row both = new Row(name);
        for (Column column : List.of(Column.DONE, Column.CPU, Column.WRITTEN, Column.RESIDENT)) {
            both.with(column, closed.value(column));
        }
        for (Column column : List.of(Column.P50, Column.P99, Column.MAX)) {
            both.with(column, open.value(column));
        }
        return both;
    }

    /** The log as its account reads it: the median of several answers, connection and JSON included. */
    private static void pages(Row row, MeasuredServer server, History history) {
        row.with(Column.FIRST_PAGE, page(server, history, "/v1/deliveries"))
                .with(Column.FAILED_PAGE, page(server, history, "/v1/deliveries?status=failed"))
                .with(
                        Column.WEBHOOK_PAGE,
                        page(server, history, "/v1/webhooks/" + history.webhookId() + "/deliveries?status=failed"));
    }

    private static double page(MeasuredServer server, History history, String path) {
        return LongStream.range(0, PAGES)
                        .map(i -> {
                            long start = System.nanoTime();
                            server.server().get(path, history.accountId());
                            return System.nanoTime() - start;
                        })
                        .sorted()
                        .skip(PAGES / 2)
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }
}
