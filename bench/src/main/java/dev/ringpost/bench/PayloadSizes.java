package dev.ringpost.bench;

import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import java.io.IOException;
import java.util.List;

/** Transcripts of different sizes. */
final class PayloadSizes implements Scenario {
    private static final int PUBLISHERS = 64;

    /** In bytes. */
    private static final List<Integer> SIZES = List.of(700, 10_000, 200_000);

    /** Of the large ones a thousand are a good part of the memory. */
    private static final long MOST_WAITING = 1000;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("payloads, 1 transcript a request, 64 publishers", MeasuredServer.COLUMNS);
        for (int bytes : SIZES) {
            Flights flights = new Flights(1);
            try (Sink sink = new Sink(flights);
                    MeasuredServer server =
                            new MeasuredServer(run, run.newFolder().resolve("data"), flights, List.of(), List.of())) {
                Webhooks.register(server.server(), sink.url() + "/hook", "transcript.partial");
                run.table()
                        .add(server.closed(
                                bytes / 1000.0 + " kB",
                                new Reports(Reports.transcript(bytes), 1, List.of()),
                                PUBLISHERS,
                                MOST_WAITING));
                sink.check();
            }
        }
    }
}
