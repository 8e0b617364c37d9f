package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.TlsSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A receiver on HTTPS: one that keeps connections, and one that asks for a handshake at each delivery. */
final class Tls implements Scenario {
    private static final int PUBLISHERS = 64;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("HTTPS receiver, 1 event a request, 64 publishers", MeasuredServer.COLUMNS);
        measure(run, "connections are kept", true);
        measure(run, "a handshake for each delivery", false);
    }

    private static void measure(Run run, String name, boolean keepsConnections) throws IOException {
        Flights flights = new Flights(1);
        Path folder = run.newFolder();
        try (TlsSink sink = new TlsSink(flights, folder, keepsConnections);
                MeasuredServer server =
                        new MeasuredServer(run, folder.resolve("data"), flights, sink.javaOptions(), List.of())) {
            Webhooks.register(server.server(), sink.url() + "/hook", "call.started");
            run.table()
                    .add(server.closed(
                            name,
                            new Reports(Reports.started(), 1, List.of()),
                            PUBLISHERS,
                            MeasuredServer.MOST_WAITING));
        }
    }
}
