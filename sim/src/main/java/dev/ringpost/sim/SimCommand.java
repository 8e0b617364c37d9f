package dev.ringpost.sim;

import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.plan.PlanWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs seeds until told to stop, or replays one. */
@Command(
        name = "sim",
        mixinStandardHelpOptions = true,
        description =
                "Runs the delivery engine and the calls' state machine in a simulated world, seed after seed, until"
                        + " told to stop. Exit code 1 where something broke.")
final class SimCommand implements Callable<Integer> {
    private static final int REPLAY_LINES = 20_000;
    private static final Duration SHRINKING = Duration.ofSeconds(60);

    @Option(names = "--minutes", paramLabel = "M", description = "Stop after so many minutes.")
    private @Nullable Double minutes;

    @Option(names = "--seeds", paramLabel = "N", description = "Stop after so many seeds.")
    private @Nullable Long seeds;

    @Option(names = "--seed", paramLabel = "S", description = "Replay this one, with a trace.")
    private @Nullable Long seed;

    @Option(names = "--first", paramLabel = "S", description = "The first seed; random where it is not given.")
    private @Nullable Long first;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many seeds run at once; all processors where it is not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--go-on", description = "Go on after a seed that breaks something, and only name it.")
    private boolean goesOn;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (seed != null) {
            return replay(seed, out);
        }
        long begin = first != null ? first : System.nanoTime() & 0xffffff;
        Seeds all = new Seeds(
                begin,
                seeds == null ? Long.MAX_VALUE : seeds,
                minutes == null ? Duration.ofDays(36_500) : Duration.ofMillis(Math.round(minutes * 60_000)),
                threads,
                goesOn,
                out);
        SeedRun broken = all.run();
        if (broken == null) {
            return 0;
        }
        if (!goesOn) {
            explain(broken, out);
        }
        return 1;
    }

    static void explain(SeedRun broken, PrintWriter out) {
        long until = System.nanoTime() + SHRINKING.toNanos();
        SeedRun.Told told = broken.shrunken(() -> System.nanoTime() < until);
        out.println("The trace of seed " + broken.seed() + ", with everything left out that it does not need:");
        told.lines().forEach(line -> out.println("  " + line));
        Broken again = Objects.requireNonNull(told.run().broken());
        out.println("broke " + again.getMessage());
        out.println("Replay it with: ./ringpost sim --seed " + broken.seed());
        out.flush();
    }

    private static int replay(long seed, PrintWriter out) {
        SeedRun.Told told = SeedRun.told(PlanWriter.of(seed), REPLAY_LINES);
        told.lines().forEach(out::println);
        Broken broken = told.run().broken();
        out.println(
                broken == null
                        ? "seed " + seed + " broke nothing; hash "
                                + Long.toHexString(told.run().hash())
                        : "seed " + seed + " broke: " + broken.getMessage());
        if (broken != null && broken.getCause() != null) {
            broken.getCause().printStackTrace(out);
        }
        out.flush();
        return broken == null ? 0 : 1;
    }
}
