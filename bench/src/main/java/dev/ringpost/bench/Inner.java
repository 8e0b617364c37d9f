package dev.ringpost.bench;

import dev.ringpost.bench.inner.CallBenchmark;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The inner pieces under JMH, on one thread. */
final class Inner implements Scenario {
    private static final List<Column> COLUMNS = List.of(Column.DONE, Column.CPU, Column.ERROR, Column.ALLOCATED);
    private static final int ITERATIONS = 5;

    @Override
    public void run(Run run) throws IOException {
        run.table().section("inner pieces, JMH, one thread", COLUMNS);
        TimeValue turn = TimeValue.milliseconds(run.settings().measured().toMillis() / ITERATIONS);
        try {
            new Runner(new OptionsBuilder()
                            .include(CallBenchmark.class.getPackageName().replace(".", "\\."))
                            .mode(Mode.Throughput)
                            .forks(1)
                            .warmupIterations(ITERATIONS)
                            .warmupTime(turn)
                            .measurementIterations(ITERATIONS)
                            .measurementTime(turn)
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()
                    .forEach(result -> run.table().add(row(result)));
        } catch (RunnerException e) {
            throw new IOException("JMH could not run: " + e.getMessage(), e);
        }
    }

    private static Row row(RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        double perSecond = primary.getScore();
        return new Row(primary.getLabel())
                .with(Column.DONE, perSecond)
                .with(Column.CPU, 1e6 / perSecond)
                .with(Column.ERROR, 1e6 / perSecond * primary.getScoreError() / perSecond)
                .with(Column.ALLOCATED, allocated == null ? Double.NaN : allocated.getScore());
    }
}
