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
    private static final int REPORTS_A_REQUEST = 100;

    /** 500 events a second for all that hang together. */
    private static final double REQUESTS_A_SECOND = 5;

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
                    try (LoadGenerator beside = new LoadGenerator(
                            server.server().address(),
                            new Reports(Reports.started(), REPORTS_A_REQUEST, accounts),
                            lost,
                            1,
                            Pace.open(System.nanoTime(), REQUESTS_A_SECOND))) {
                        Reports reports = new Reports(Reports.started(), 1, List.of());
                        for (int rate : new int[] {5000, 200}) {
                            run.table().add(server.open(rate + " a second beside " + hanging, reports, rate));
                        }
                        beside.check();
                    }
                }
                sink.check();
            }
        }
    }
}
