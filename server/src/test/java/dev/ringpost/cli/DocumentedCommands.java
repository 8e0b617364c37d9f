package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The blocks of bash in a text, and the JSON under some of them that shows their answer.
 *
 * @param blocks in order
 * @param answers in order
 */
record DocumentedCommands(List<String> blocks, List<Answer> answers) {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(bash|json)\\n([\\s\\S]*?)^```$");

    /**
     * @param block which block gives it, from 0
     * @param json what the text shows of it
     */
    record Answer(int block, String json) {}

    static DocumentedCommands in(String text) {
        List<String> blocks = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(found -> {
            if (found.group(1).equals("bash")) {
                blocks.add(found.group(2));
            } else {
                answers.add(new Answer(blocks.size() - 1, found.group(2)));
            }
        });
        return new DocumentedCommands(blocks, answers);
    }

    /**
     * Runs blocks one after the other in one bash, which stops at the first that fails: that fails the test. What each
     * prints is left in {@code printed.N}.
     */
    void run(int from, int to, Path folder, Map<String, String> environment) {
        StringBuilder script =
                new StringBuilder("set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n");
        for (int i = from; i < to; i++) {
            script.append("{\n")
                    .append(blocks.get(i))
                    .append("} > printed.")
                    .append(i)
                    .append('\n');
        }
        Path complaints = folder.resolve("complaints.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", write(folder.resolve("commands.sh"), script.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(complaints.toFile());
        bash.environment().putAll(environment);
        try {
            Process process = bash.start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            assertThat(ended && process.exitValue() == 0)
                    .as(() -> read(complaints) + lastPrinted(folder))
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last line that a block printed. */
    String lastLine(Path folder, int block) {
        return read(folder.resolve("printed." + block))
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("nothing");
    }

    private String lastPrinted(Path folder) {
        for (int block = blocks.size() - 1; block >= 0; block--) {
            if (Files.exists(folder.resolve("printed." + block))) {
                return "block " + block + ": " + read(folder.resolve("printed." + block));
            }
        }
        return "nothing was printed";
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
