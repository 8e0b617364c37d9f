package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that remembers what came, in order. Every tenth request fails. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    final Map<String, Integer> accepted = new ConcurrentHashMap<>();
    /** By call, the sequence numbers as they came for the first time, failed attempts included. */
    final Map<String, List<Integer>> sequences = new ConcurrentHashMap<>();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody());
            List<Integer> seen =
                    sequences.computeIfAbsent(event.get("call_id").asText(), call -> new CopyOnWriteArrayList<>());
            int sequence = event.get("sequence").asInt();
            synchronized (seen) {
                if (!seen.contains(sequence)) {
                    seen.add(sequence);
                }
            }
            boolean fails = requests.incrementAndGet() % 10 == 0;
            if (!fails) {
                accepted.merge(event.get("id").asText(), 1, Integer::sum);
            }
            exchange.sendResponseHeaders(fails ? 500 : 204, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
