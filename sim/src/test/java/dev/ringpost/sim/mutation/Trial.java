package dev.ringpost.sim.mutation;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the simulation in a process of its own, on one thread and with the same seeds each time, until it finds a broken
 * invariant. What the simulation does with that then, shrinking the trace, is not waited for.
 *
 * @param seeds at most so many
 * @param seconds at most so long
 */
record Trial(int seeds, int seconds) {
    private static final int FIRST_SEED = 1;
    private static final int GRACE_SECONDS = 20;
    private static final Pattern BROKE = Pattern.compile("seed (-?\\d+) broke: (.+)");
    private static final Pattern SEEDS = Pattern.compile("seeds run: (\\d+)");

    /** What came of it. */
    sealed interface Outcome {
        double seconds();

        /** @param seeds how many it took, the last one included */
        record Caught(String invariant, long seeds, double seconds) implements Outcome {}

        record Unnoticed(long seeds, double seconds) implements Outcome {}

        /** It ended otherwise than a simulation ends, or hung in a seed. */
        record Died(String lastWords, double seconds) implements Outcome {}
    }

    Outcome run(String classPath) throws IOException {
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command(classPath)).redirectErrorStream(true).start();
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(seconds + GRACE_SECONDS, TimeUnit.SECONDS));
        String invariant = "";
        String last = "nothing";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line.strip();
                Matcher broke = BROKE.matcher(line);
                Matcher run = SEEDS.matcher(line);
                if (broke.matches()) {
                    invariant = broke.group(2);
                } else if (run.matches()) {
                    long count = Long.parseLong(run.group(1));
                    return invariant.isEmpty()
                            ? new Outcome.Unnoticed(count, since(start))
                            : new Outcome.Caught(invariant, count, since(start));
                }
            }
            return new Outcome.Died("ended without a result, last said: " + last, since(start));
        } finally {
            late.cancel(false);
            process.destroyForcibly();
        }
    }

    private List<String> command(String classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-XX:+UseSerialGC", "-Xmx512m", "-cp", classPath, "dev.ringpost.sim.Main"));
        command.addAll(List.of("--first", Integer.toString(FIRST_SEED), "--threads", "1"));
        command.addAll(List.of("--seeds", Integer.toString(seeds), "--minutes", Double.toString(seconds / 60.0)));
        return command;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
