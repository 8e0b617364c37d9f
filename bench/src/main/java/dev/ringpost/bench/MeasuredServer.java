package dev.ringpost.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.ringpost.bench.load.Flights;
import dev.ringpost.bench.load.LoadGenerator;
import dev.ringpost.bench.load.Pace;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.process.ServerUnderLoad;
import dev.ringpost.bench.process.ThreadRole;
import dev.ringpost.bench.process.Usage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** A server that is put under one load after the other. */
final class MeasuredServer implements AutoCloseable {
    /** Of the whole life of a delivery, for {@link #closed} and {@link #open}. */
    static final List<Column> COLUMNS = List.of(
            Column.DONE,
            Column.CPU,
            Column.RATIO,
            Column.WRITER,
            Column.EVENT_LOOPS,
            Column.CHECKPOINTER,
            Column.COMPILERS,
            Column.COLLECTOR,
            Column.OTHER,
            Column.ALLOCATED,
            Column.COMMITS,
            Column.WRITTEN,
            Column.RESIDENT,
            Column.P50,
            Column.P99,
            Column.P999,
            Column.MAX,
            Column.WAITING,
            Column.REFUSED,
            Column.BENCH,
            Column.WARM_UP);

    /** More deliveries than these wait never in a closed loop, so that what a row leaves behind is gone in seconds. */
    static final long MOST_WAITING = 20_000;

    private static final int OPEN_CONNECTIONS = 256;
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration NO_PROGRESS = Duration.ofSeconds(10);
    private static final OperatingSystemMXBean BENCH = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Run run;
    private final Flights flights;
    private final ServerUnderLoad server;

    private record Moment(long nanos, long arrived, Usage usage, long allocated, long commits, long benchCpu) {}

    MeasuredServer(Run run, Path data, Flights flights, List<String> javaOptions, List<String> options)
            throws IOException {
        this(run, run.settings().launcher(), data, flights, javaOptions, options);
    }

    /** @param launcher of another version than this one */
    MeasuredServer(Run run, Path launcher, Path data, Flights flights, List<String> javaOptions, List<String> options)
            throws IOException {
        this.run = run;
        this.flights = flights;
        this.server = new ServerUnderLoad(launcher, data, javaOptions, options);
    }

    ServerUnderLoad server() {
        return server;
    }

    /** Publishers that wait for their answers, but not for the deliveries unless too many wait. */
    Row closed(String name, Reports reports, int publishers, long mostWaiting) {
        return measure(name, reports, publishers, Pace.closed(flights, mostWaiting));
    }

    Row open(String name, Reports reports, double requestsASecond) {
        return measure(name, reports, OPEN_CONNECTIONS, Pace.open(System.nanoTime(), requestsASecond));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Row measure(String name, Reports reports, int publishers, Pace pace) {
        run.say(name);
        Moment before;
        Moment after;
        double warmUp;
        long waiting;
        LoadGenerator load = new LoadGenerator(server.address(), reports, flights, publishers, pace);
        try (load) {
            warmUp = Pause.untilWarm(server.watch(), run.settings().warmUp());
            flights.takeLatencies();
            before = now();
            Pause.watching(server.watch(), run.settings().measured());
            after = now();
            waiting = flights.waiting();
            load.check();
        }
        Row row = new Row(name).with(Column.RESIDENT, (double) server.watch().residentMiB());
        drain();
        latencies(row, flights.takeLatencies());
        cost(row, before, after);
        return row.with(Column.WAITING, (double) Math.max(0, waiting))
                .with(Column.REFUSED, (double) load.refused())
                .with(Column.WARM_UP, warmUp);
    }

    private Moment now() {
        return new Moment(
                System.nanoTime(),
                flights.arrived(),
                server.watch().usage(),
                server.allocatedBytes(),
                server.commits(),
                BENCH.getProcessCpuTime());
    }

    private void cost(Row row, Moment before, Moment after) {
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double delivered = after.arrived() - before.arrived();
        Usage usage = after.usage().minus(before.usage());
        double micros = usage.cpuNanos() / 1e3 / delivered;
        row.with(Column.DONE, delivered / seconds)
                .with(Column.CPU, micros)
                .with(Column.RATIO, micros / run.floorMicros())
                .with(Column.ALLOCATED, (after.allocated() - before.allocated()) / delivered)
                .with(Column.COMMITS, (after.commits() - before.commits()) / delivered)
                .with(Column.WRITTEN, usage.bytesWritten() / delivered)
                .with(Column.BENCH, (after.benchCpu() - before.benchCpu()) / 1e7 / seconds);
        for (ThreadRole group : ThreadRole.values()) {
            row.with(column(group), usage.of(group) / 1e3 / delivered);
        }
    }

    private static void latencies(Row row, Histogram latencies) {
        row.with(Column.P50, latencies.getValueAtPercentile(50) / 1e6)
                .with(Column.P99, latencies.getValueAtPercentile(99) / 1e6)
                .with(Column.P999, latencies.getValueAtPercentile(99.9) / 1e6)
                .with(Column.MAX, latencies.getMaxValue() / 1e6);
    }

    /** Until everything has come, so that the next row begins with nothing. */
    private void drain() {
        long end = System.nanoTime() + DRAIN.toNanos();
        long progressAt = System.nanoTime();
        long arrived = flights.arrived();
        while (flights.waiting() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
            if (flights.arrived() != arrived) {
                arrived = flights.arrived();
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > NO_PROGRESS.toNanos()) {
                break;
            }
        }
        if (flights.waiting() > 0) {
            run.say(flights.waiting() + " deliveries did not come; what follows is measured beside them");
        }
    }

    private static Column column(ThreadRole group) {
        return switch (group) {
            case WRITER -> Column.WRITER;
            case EVENT_LOOPS -> Column.EVENT_LOOPS;
            case CHECKPOINTER -> Column.CHECKPOINTER;
            case COMPILERS -> Column.COMPILERS;
            case COLLECTOR -> Column.COLLECTOR;
            case OTHER -> Column.OTHER;
        };
    }
}
