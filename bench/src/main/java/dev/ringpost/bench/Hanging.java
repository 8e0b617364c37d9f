package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.LoadGenerator;
import dev.ringpost.bench.load.Pace;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.store.Customers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A healthy endpoint beside many that take a request and never answer, each of an account of its own. */
final class Hanging implements Scenario {
    /** For all that hang together. */
    private static final double EVENTS_A_SECOND = 500;

    private static final int PUBLISHERS = 8;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("open loop beside endpoints that hang", MeasuredServer.COLUMNS);
        for (int hanging :
                IntStream.of(50, 5000).map(run.settings()::atMost).distinct().toArray()) {
            Flights healthy = new Flights(1);
            Flights lost = new Flights(1);
            Path data = run.newFolder().resolve("data");
            try (Sink sink = new Sink(healthy)) {
                List<String> accounts = Customers.withAWebhookEach(data, hanging, sink.url() + Sink.HANGS);
                try (MeasuredServer server = new MeasuredServer(run, data, healthy, List.of(), List.of())) {
                    Webhooks.register(server.server(), sink.url() + "/hook", "call.started");
                    // The least first: what a rate leaves behind that was too much is beside the next one.
                    for (int rate : new int[] {200, 5000}) {
                        for (int aRequest : new int[] {1, 100}) {
                            Reports hung = new Reports(Reports.started(), aRequest, accounts);
                            String row = rate + " a second beside " + hanging + " with " + aRequest + " a request";
                            run.table().add(measure(server, row, rate, hung, lost));
                        }
                    }
                }
                sink.check();
            }
        }
    }

    private static Row measure(MeasuredServer server, String row, int rate, Reports hung, Flights lost)
            throws IOException {
        Pace pace = Pace.open(System.nanoTime(), EVENTS_A_SECOND / hung.aRequest());
        try (LoadGenerator beside = new LoadGenerator(server.server().address(), hung, lost, PUBLISHERS, pace)) {
            Row measured = server.open(row, new Reports(Reports.started(), 1, List.of()), rate);
            beside.check();
            return measured;
        }
    }
}
