package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.store.Customers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The load spread over many endpoints, each of an account of its own. */
final class Endpoints implements Scenario {
    private static final int PUBLISHERS = 64;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("endpoints, 64 publishers", MeasuredServer.COLUMNS);
        for (int endpoints : IntStream.of(1, 100, 10_000)
                .map(run.settings()::atMost)
                .distinct()
                .toArray()) {
            Flights flights = new Flights(1);
            Path data = run.newFolder().resolve("data");
            try (Sink sink = new Sink(flights)) {
                List<String> accounts = Customers.withAWebhookEach(data, endpoints, sink.url() + "/hook");
                try (MeasuredServer server = new MeasuredServer(run, data, flights, List.of(), List.of())) {
                    for (int aRequest : new int[] {1, 100}) {
                        run.table()
                                .add(server.closed(
                                        endpoints + " endpoints, " + aRequest + " a request",
                                        new Reports(Reports.started(), aRequest, accounts),
                                        PUBLISHERS,
                                        MeasuredServer.MOST_WAITING));
                    }
                }
                sink.check();
            }
        }
    }
}
