package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.store.Customers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** One event that goes to many webhooks of its account. */
final class FanOut implements Scenario {
    private static final int PUBLISHERS = 64;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("fan-out, 1 event a request, 64 publishers", MeasuredServer.COLUMNS);
        for (int webhooks :
                IntStream.of(1, 10, 100).map(run.settings()::atMost).distinct().toArray()) {
            Flights flights = new Flights(webhooks);
            Path data = run.newFolder().resolve("data");
            try (Sink sink = new Sink(flights)) {
                String account = Customers.withWebhooks(data, webhooks, sink.url() + "/hook");
                try (MeasuredServer server = new MeasuredServer(run, data, flights, List.of(), List.of())) {
                    run.table()
                            .add(server.closed(
                                    "each event to " + webhooks + " webhooks",
                                    new Reports(Reports.started(), 1, List.of(account)),
                                    PUBLISHERS,
                                    MeasuredServer.MOST_WAITING));
                }
                sink.check();
            }
        }
    }
}
