package dev.ringpost.sim.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A run of the simulation in a process of its own, until it finds a broken invariant.
 *
 * @param seeds at most so many
 * @param seconds at most so long
 */
record Trial(int seeds, int seconds) {
    private static final Pattern BROKE = Pattern.compile("(?m)^seed (-?\\d+) broke: (.+)$");
    private static final Pattern SEEDS = Pattern.compile("(?m)^seeds run: (\\d+)");

    /** What came of it. */
    sealed interface Outcome {
        double seconds();

        /** @param seeds how many it took, the last one included */
        record Caught(String invariant, long seeds, double seconds) implements Outcome {}

        record Unnoticed(long seeds, double seconds) implements Outcome {}

        /** It ended otherwise than a simulation ends, or not in time without a word of how far it was. */
        record Died(String lastWords, double seconds) implements Outcome {}
    }

    Outcome run(String classPath, Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=4",
                        "-Xmx512m",
                        "-cp",
                        classPath,
                        "dev.ringpost.sim.Main",
                        "--seeds",
                        Integer.toString(seeds)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        double took = (System.nanoTime() - start) / 1e9;
        return outcome(Files.readString(output), ended ? process.exitValue() : -1, took);
    }

    private static Outcome outcome(String said, int exit, double took) {
        long run = SEEDS.matcher(said)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(-1);
        MatchResult broke = BROKE.matcher(said).results().findFirst().orElse(null);
        if (broke != null) {
            return new Outcome.Caught(broke.group(2), run, took);
        }
        if (run >= 0 && exit <= 0) {
            return new Outcome.Unnoticed(run, took);
        }
        String lastWords = said.lines().reduce((first, second) -> second).orElse("nothing");
        return new Outcome.Died("exit " + exit + ", last said: " + lastWords, took);
    }
}
