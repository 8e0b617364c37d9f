package dev.ringpost.bench.floor;

import dev.ringpost.bench.process.ProcessWatch;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A part of the floor at work in a process of its own, with the JVM options of the launcher. */
public final class FloorProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final String ready;
    private final ProcessWatch watch;

    /**
     * Returns when it is ready.
     *
     * @param javaOptions those that the launcher gives to a server
     * @param main one of this package's; it calls {@link FloorPart#serve}
     */
    public FloorProcess(List<String> javaOptions, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader();
        in = process.outputWriter();
        ready = line();
        watch = new ProcessWatch(process.pid());
    }

    /** What it said when it was ready. */
    public String ready() {
        return ready;
    }

    public ProcessWatch watch() {
        return watch;
    }

    /** How many operations it has done. */
    public long done() {
        try {
            in.write("done?\n");
            in.flush();
            return Long.parseLong(line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("A part of the floor ended early; what it said is above");
        }
        return line;
    }
}
