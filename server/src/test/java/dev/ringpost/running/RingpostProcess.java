package dev.ringpost.running;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ringpost serve} in a process of its own, from the jar that users run, on a free port. */
public final class RingpostProcess implements AutoCloseable {
    private static final Pattern SAID = Pattern.compile("Ringpost takes requests at (\\S+)");

    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private RingpostProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Starts it and waits until it takes requests.
     *
     * @param folder for its data and what it prints
     */
    public static RingpostProcess start(Path folder, Map<String, String> environment, String... options) {
        return start(folder, 0, environment, options);
    }

    /**
     * The same on a port of its own.
     *
     * @param port 0: any that is free
     */
    public static RingpostProcess start(Path folder, int port, Map<String, String> environment, String... options) {
        Path stdout = folder.resolve("stdout.txt");
        Path stderr = folder.resolve("stderr.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of("target", "ringpost.jar").toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                folder.resolve("data").toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(stdout.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGPOST_"));
        builder.environment().putAll(environment);
        try {
            Files.deleteIfExists(stdout);
            RingpostProcess started = new RingpostProcess(builder.start(), stdout, stderr);
            await().atMost(Duration.ofMinutes(1)).until(started::hasStarted);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean hasStarted() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The server ended: " + stderr());
        }
        return SAID.matcher(stdout()).find();
    }

    public URI url() {
        Matcher said = SAID.matcher(stdout());
        if (!said.find()) {
            throw new IllegalStateException("It takes no requests");
        }
        return URI.create(said.group(1));
    }

    /** SIGKILL: it gets no chance to do anything. Returns once it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends it a signal by its name, such as {@code STOP}. */
    public void signal(String name) {
        try {
            int sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (sent != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; the exit code. */
    public int exitCode() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String stdout() {
        return read(stdout);
    }

    public String stderr() {
        return read(stderr);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
