package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import java.io.IOException;
import java.util.List;

/** At fixed rates: how long it takes from the moment a report is due until its event arrives. */
final class OpenLoop implements Scenario {
    private static final List<Integer> RATES = List.of(5000, 1000, 200, 100);

    @Override
    public void run(Run run) throws IOException {
        run.table().section("open loop, one webhook", MeasuredServer.COLUMNS);
        Flights flights = new Flights(1);
        try (Sink sink = new Sink(flights);
                MeasuredServer server =
                        new MeasuredServer(run, run.newFolder().resolve("data"), flights, List.of(), List.of())) {
            Webhooks.register(server.server(), sink.url() + "/hook", "call.started");
            for (int rate : RATES) {
                Reports reports = new Reports(Reports.started(), 1, List.of());
                run.table().add(server.open(rate + " a second", reports, rate));
            }
            sink.check();
        }
    }
}
