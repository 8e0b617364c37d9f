package dev.ringpost.bench;

import dev.ringpost.bench.floor.CodeFloor;
import dev.ringpost.bench.floor.FloorProcess;
import dev.ringpost.bench.floor.HttpClientFloor;
import dev.ringpost.bench.floor.HttpServerFloor;
import dev.ringpost.bench.floor.StoreFloor;
import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.LoadGenerator;
import dev.ringpost.bench.load.Pace;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.Sink;
import dev.ringpost.bench.process.ThreadRole;
import dev.ringpost.bench.process.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The least that an event can cost: its parts, each alone in a process of its own, and then the load's own limit. */
final class Floor implements Scenario {
    private static final List<Column> COLUMNS =
            List.of(Column.DONE, Column.CPU, Column.COMPILERS, Column.COLLECTOR, Column.WRITTEN, Column.WARM_UP);
    private static final int PUBLISHERS = 64;
    private static final String BATCH = "200";

    private final List<String> javaOptions;

    /** @param javaOptions those that the launcher gives to a server */
    Floor(List<String> javaOptions) {
        this.javaOptions = List.copyOf(javaOptions);
    }

    @Override
    public void run(Run run) throws IOException {
        run.table().section("floor, each part alone", COLUMNS);
        Flights flights = new Flights(1);
        try (Sink sink = new Sink(flights)) {
            double server = server(run, flights, 1);
            double client = measure(
                    run,
                    "HTTP client posts a payload",
                    HttpClientFloor.class,
                    Integer.toString(sink.address().getPort()));
            double code = measure(run, "JSON in, payload out, HMAC", CodeFloor.class);
            double life = measure(
                    run,
                    "store: life of an event, 200 a commit",
                    StoreFloor.class,
                    run.newFolder().toString(),
                    BATCH,
                    "known-calls");
            double sum = server + client + code + life;
            run.floorIs(sum);
            run.table().add(new Row("sum of these four").with(Column.CPU, sum));
            measure(
                    run,
                    "store: the same with a new call each",
                    StoreFloor.class,
                    run.newFolder().toString(),
                    BATCH,
                    "new-calls");
            server(run, flights, 100);
            ownLimit(run, flights, sink);
            sink.check();
        }
    }

    private double server(Run run, Flights flights, int aRequest) throws IOException {
        try (FloorProcess server = new FloorProcess(javaOptions, HttpServerFloor.class);
                LoadGenerator load = new LoadGenerator(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(server.ready())),
                        new Reports(Reports.started(), aRequest, List.of()),
                        flights,
                        PUBLISHERS,
                        Pace.closed(flights, Long.MAX_VALUE))) {
            String of = aRequest == 1 ? "a report" : aRequest + " reports";
            double micros = measure(run, "HTTP server takes a request of " + of, server);
            load.check();
            return micros;
        }
    }

    private double measure(Run run, String name, Class<?> main, String... arguments) throws IOException {
        try (FloorProcess process = new FloorProcess(javaOptions, main, arguments)) {
            return measure(run, name, process);
        }
    }

    /** Returns microseconds of processor time an operation. */
    private static double measure(Run run, String name, FloorProcess process) {
        run.say(name);
        double warmUp = Pause.untilWarm(process.watch(), run.settings().warmUp());
        Usage before = process.watch().usage();
        long doneBefore = process.done();
        long start = System.nanoTime();
        Usage usage = Pause.watching(process.watch(), run.settings().measured()).minus(before);
        double done = process.done() - doneBefore;
        double seconds = (System.nanoTime() - start) / 1e9;
        double micros = usage.cpuNanos() / 1e3 / done;
        run.table()
                .add(new Row(name)
                        .with(Column.DONE, done / seconds)
                        .with(Column.CPU, micros)
                        .with(Column.COMPILERS, usage.of(ThreadRole.COMPILERS) / 1e3 / done)
                        .with(Column.COLLECTOR, usage.of(ThreadRole.COLLECTOR) / 1e3 / done)
                        .with(Column.WRITTEN, usage.bytesWritten() / done)
                        .with(Column.WARM_UP, warmUp));
        return micros;
    }

    /** The generator posts straight to the sink: done a second is what one processor could do for each of them. */
    private static void ownLimit(Run run, Flights flights, Sink sink) {
        run.say("the load against the sink");
        try (LoadGenerator load = new LoadGenerator(
                sink.address(),
                new Reports(Reports.started(), 1, List.of()),
                flights,
                PUBLISHERS,
                Pace.closed(flights, Long.MAX_VALUE))) {
            Pause.passing(run.settings().measured());
            long arrived = flights.arrived();
            long sinkCpu = sink.cpuNanos();
            long loadCpu = load.cpuNanos();
            Pause.passing(run.settings().measured());
            double done = flights.arrived() - arrived;
            limit(run, "the load generator's own limit, on one core", (load.cpuNanos() - loadCpu) / 1e3 / done);
            limit(run, "the sink's own limit, on one core", (sink.cpuNanos() - sinkCpu) / 1e3 / done);
            load.check();
        }
    }

    private static void limit(Run run, String name, double micros) {
        run.table().add(new Row(name).with(Column.DONE, 1e6 / micros).with(Column.CPU, micros));
    }
}
