package dev.ringpost.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A whole server in its own process, started by the launcher as a user starts it, and what is known of that process. */
public final class ServerUnderLoad implements AutoCloseable {
    /** Of scope operator, in the account that is there from the start. */
    public static final String KEY = "rp_sk_benchbenchbenchbenchbenchbenchbenchbench";

    private static final long START_SECONDS = 300;

    private final Process process;
    private final int port;
    private final ProcessWatch watch;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable JvmMemory memory;

    /**
     * Returns when it is ready.
     *
     * @param data its data folder; what it logs goes beside that
     * @param javaOptions for its JVM, beside those of the launcher; none contains a space
     * @param options for {@code serve}
     */
    public ServerUnderLoad(Path launcher, Path data, List<String> javaOptions, List<String> options)
            throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--allow-private-targets"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        data.resolveSibling(data.getFileName() + ".server.log").toFile());
        builder.environment().put("RINGPOST_BOOTSTRAP_KEY", KEY);
        builder.environment()
                .merge("RINGPOST_JAVA_OPTS", String.join(" ", javaOptions), (own, more) -> own + ' ' + more);
        process = builder.start();
        awaitReady();
        // The launcher has become the server: it keeps the process id.
        watch = new ProcessWatch(process.pid());
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public ProcessWatch watch() {
        return watch;
    }

    /** All that it has allocated since its start. */
    public long allocatedBytes() {
        return memory().allocatedBytes();
    }

    /** What is live in its heap; makes it collect. */
    public long liveHeapMiB() {
        return memory().liveBytes() >> 20;
    }

    private JvmMemory memory() {
        try {
            if (memory == null) {
                memory = JvmMemory.of(process.pid());
            }
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many transactions it has committed. */
    public long commits() {
        return metric("ringpost_commit_duration_seconds_count");
    }

    /** The body of an answer that is a 2xx. */
    public String get(String path) {
        return answer(request(path).GET().build());
    }

    /** As {@link #get(String)}, for another account. */
    public String get(String path, String account) {
        return answer(request(path).header("ringpost-account", account).GET().build());
    }

    /** The body of an answer that is a 2xx. */
    public String post(String path, String json) {
        return answer(request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** As {@link #post(String, String)}, for another account. */
    public String post(String path, String account, String json) {
        return answer(request(path)
                .header("content-type", "application/json")
                .header("ringpost-account", account)
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    @Override
    public void close() throws IOException {
        if (memory != null) {
            memory.close();
        }
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + KEY);
    }

    private String answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.method() + " " + request.uri() + " was answered with "
                        + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not answer " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted at " + request.uri(), e);
        }
    }

    private long metric(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        HttpRequest ready = request("/readyz").build();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IOException("The server ended with " + process.exitValue() + "; its log says why");
            }
            try {
                if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted while the server starts", e);
            }
            LockSupport.parkNanos(10_000_000);
        }
        process.destroy();
        throw new IOException("The server was not ready within " + START_SECONDS + " s");
    }
}
