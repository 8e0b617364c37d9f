package dev.ringpost.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, started as users start it: {@code ./ringpost serve}. */
public final class ServerProcess {
    /** Of scope operator. */
    public static final String KEY = "rp_sk_crashtestcrashtestcrashtestcrashtest";

    /** The first start of all builds what is missing. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI base;
    private final Path log;
    private final long logStart;

    private ServerProcess(Process process, URI base, Path log, long logStart) {
        this.process = process;
        this.base = base;
        this.log = log;
        this.logStart = logStart;
    }

    /** Starts one and waits until it is ready. */
    public static ServerProcess start(Path data, String... options) throws IOException {
        ServerProcess server = launch(data, options);
        try {
            server.awaitReady();
        } catch (RuntimeException e) {
            server.process.destroyForcibly();
            throw e;
        }
        return server;
    }

    /** Starts one and does not wait. What it prints goes to {@code server.log} beside the data. */
    static ServerProcess launch(Path data, String... options) throws IOException {
        int port = freePort();
        Path log = data.toAbsolutePath().resolveSibling("server.log");
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        List<String> command = new ArrayList<>(List.of(
                Path.of("..", "ringpost").toAbsolutePath().normalize().toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--bootstrap-key",
                KEY,
                "--allow-private-targets"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("RINGPOST_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("RINGPOST_JAVA_OPTS", "-Xmx128m");
        return new ServerProcess(builder.start(), URI.create("http://127.0.0.1:" + port), log, logStart);
    }

    public URI url() {
        return base;
    }

    long pid() {
        return process.pid();
    }

    /** The processor time that it has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** The lines that it printed. */
    List<String> printed() throws IOException {
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) logStart, (int) (all.length - logStart), UTF_8)
                .lines()
                .toList();
    }

    void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::isReady);
    }

    /** SIGKILL: the process gets no chance to do anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills it where it still runs, and does not wait: after a test. */
    void discard() {
        process.destroyForcibly();
    }

    /** SIGTERM. Returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Whether it ends by itself within this time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of one that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return send("POST", path, json, headers);
    }

    /**
     * As the operator. An empty body is none.
     *
     * @param headers more of them, names and values in turn
     */
    public HttpResponse<String> send(String method, String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The server ended with " + process.exitValue() + ", see " + log);
        }
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(base.resolve("/readyz")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
