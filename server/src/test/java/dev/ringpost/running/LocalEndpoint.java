package dev.ringpost.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives deliveries. The path says how it answers: {@code /500} with this status, {@code /held} once it is let go. */
public final class LocalEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);

    /**
     * A request that came.
     *
     * @param timestamp its header {@code webhook-timestamp}; empty where it had none
     */
    public record Received(String path, String body, String timestamp) {}

    public LocalEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What came to a path so far, in order. */
    public List<Received> received(String path) {
        return received.stream().filter(each -> each.path().equals(path)).toList();
    }

    /** Answers what waits at {@code /held}, and holds nothing any more. */
    public void letGo() {
        held.countDown();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            received.add(new Received(
                    path,
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("webhook-timestamp"), "")));
            if (path.equals("/held")) {
                held.await();
            }
            exchange.sendResponseHeaders(path.matches("/\\d{3}") ? Integer.parseInt(path.substring(1)) : 204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
