package dev.ringpost.crash;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own, from the jar that users run. */
public final class ServerProcess {
    /** Of scope operator. */
    public static final String KEY = "rp_sk_crashtestcrashtestcrashtestcrashtest";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI base;

    private ServerProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    public static ServerProcess start(Path data, String... options) throws IOException {
        int port = freePort();
        File log = data.resolveSibling("server.log").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Path.of("target", "ringpost.jar").toString(),
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--bootstrap-key",
                KEY,
                "--allow-private-targets"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        ServerProcess server = new ServerProcess(process, URI.create("http://127.0.0.1:" + port));
        try {
            await().atMost(PATIENCE).until(server::isReady);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return server;
    }

    public URI url() {
        return base;
    }

    /** SIGKILL: the process gets no chance to do anything. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. Returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
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
            throw new IllegalStateException("The server ended with " + process.exitValue());
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
