package dev.ringpost.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ringpost listen} in a process of its own, from the jar that users run. */
final class ListenProcess implements AutoCloseable {
    private static final Pattern EVENT = Pattern.compile("\"event_id\":\"(evt_\\w+)\"");

    private final Process process;
    private final Path stdout;

    private ListenProcess(Process process, Path stdout) {
        this.process = process;
        this.stdout = stdout;
    }

    static ListenProcess start(Path folder, URI server, String key, String forward, String... options) {
        try {
            Path stdout = Files.createTempFile(folder, "listen", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "-jar",
                    Path.of("target", "ringpost.jar").toString(),
                    "listen",
                    "--json",
                    "--forward",
                    forward));
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(stdout.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("listen-complaints.txt").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("RINGPOST_"));
            builder.environment().put("RINGPOST_SERVER", server.toString());
            builder.environment().put("RINGPOST_KEY", key);
            return new ListenProcess(builder.start(), stdout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events that it said it forwarded, in order. */
    List<String> forwarded() {
        try {
            List<String> ids = new ArrayList<>();
            for (Matcher event = EVENT.matcher(Files.readString(stdout)); event.find(); ) {
                ids.add(event.group(1));
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
