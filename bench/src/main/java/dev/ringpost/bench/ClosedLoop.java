package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import java.io.IOException;
import java.util.List;

/** As fast as it goes: one webhook, publishers that wait for their answers. */
final class ClosedLoop implements Scenario {
    private static final List<Integer> PUBLISHERS = List.of(64, 1, 8, 512);

    /** So few wait in a lane's memory: no delivery takes the way through the queue. */
    private static final long IN_MEMORY = 200;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("closed loop, one webhook", MeasuredServer.COLUMNS);
        Flights flights = new Flights(1);
        try (Sink sink = new Sink(flights);
                MeasuredServer server =
                        new MeasuredServer(run, run.newFolder().resolve("data"), flights, List.of(), List.of())) {
            Webhooks.register(server.server(), sink.url() + "/hook", "call.started");
            Pause.passing(run.settings().measured());
            run.table().add(new Row("idle").with(Column.RESIDENT, (double)
                            server.server().watch().residentMiB()));
            for (int publishers : PUBLISHERS) {
                Reports reports = new Reports(Reports.started(), 1, List.of());
                run.table()
                        .add(server.closed(
                                "1 event a request, " + publishers + " publishers",
                                reports,
                                publishers,
                                MeasuredServer.MOST_WAITING));
            }
            Reports hundred = new Reports(Reports.started(), 100, List.of());
            run.table().add(server.closed("100 events a request, 4 publishers, 200 waiting", hundred, 4, IN_MEMORY));
            for (int publishers : PUBLISHERS) {
                run.table()
                        .add(server.closed(
                                "100 events a request, " + publishers + " publishers",
                                hundred,
                                publishers,
                                MeasuredServer.MOST_WAITING));
            }
            sink.check();
        }
    }
}
