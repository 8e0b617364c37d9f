package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** strace on all threads of a running process: sees its system calls, or makes them fail. */
final class Strace implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Strace(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Where there is no strace a test is skipped, but not in CI. */
    static void require() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/strace"));
        if (System.getenv("CI") != null) {
            assertThat(there).as("strace is installed by .ci/run").isTrue();
        }
        Assumptions.assumeTrue(there, "strace is not installed (apt-get install strace)");
    }

    /** Returns once it is attached. */
    static Strace attach(long pid, Path folder, String... options) throws IOException {
        Path output = folder.resolve("strace.txt");
        Path said = folder.resolve("strace.said.txt");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(pid), "-o"));
        command.add(output.toString());
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
            return Files.readString(said).contains("attached");
        });
        return new Strace(process, output);
    }

    /** What it wrote, a system call a line. Only after {@link #close}. */
    List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    /** Lets the process go on alone. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
