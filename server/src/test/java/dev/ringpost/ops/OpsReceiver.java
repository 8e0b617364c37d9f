package dev.ringpost.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringpost.signing.VerificationException;
import dev.ringpost.signing.Verifier;
import dev.ringpost.signing.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Endpoints that answer what they are told to, 204 by default, and note what they took. */
final class OpsReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();

    record Taken(
            String path,
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signature,
            byte[] body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        void verify(String secret) throws VerificationException {
            new Verifier(WebhookSecret.parse(secret)).verify(id, timestamp, signature, body);
        }
    }

    OpsReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(String path, int status) {
        answers.put(path, status);
    }

    /** What came to the path and was answered with 204, in order. */
    List<Taken> takenAt(String path) {
        return taken.stream().filter(each -> each.path().equals(path)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            var headers = exchange.getRequestHeaders();
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = answers.getOrDefault(path, 204);
            if (status == 204) {
                taken.add(new Taken(
                        path,
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
