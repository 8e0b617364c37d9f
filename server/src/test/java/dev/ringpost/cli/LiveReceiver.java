package dev.ringpost.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** A receiver that remembers the ids of what it accepted, in order, and answers as it is told. */
final class LiveReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final AtomicInteger requests = new AtomicInteger();
    final List<String> accepted = new CopyOnWriteArrayList<>();
    /** The header ringpost-attempt of what was accepted. */
    final List<String> attempts = new CopyOnWriteArrayList<>();

    private volatile IntUnaryOperator statusOf;

    LiveReceiver(int status) throws IOException {
        this(request -> status);
    }

    /** @param statusOf what it answers to each request, counted from 1 */
    LiveReceiver(IntUnaryOperator statusOf) throws IOException {
        this.statusOf = statusOf;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    void answer(int status) {
        statusOf = request -> status;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            int status = statusOf.applyAsInt(requests.incrementAndGet());
            if (status < 300) {
                accepted.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                attempts.add(exchange.getRequestHeaders().getFirst("ringpost-attempt"));
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
