package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A receiver that remembers what came. It answers well, or as {@code trouble} says: every tenth request fails, some are
 * slow, some get no answer. Everything to {@code /dead} fails, and what comes to {@code /held} waits until it is let go.
 */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLOWEST_MILLIS = 120;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Arrival> ended = new ConcurrentLinkedQueue<>();
    private final Set<Arrival> open = ConcurrentHashMap.newKeySet();
    private final Set<Accepted> accepted = ConcurrentHashMap.newKeySet();
    private final SplittableRandom trouble;
    private final boolean troubled;
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    private record Accepted(String hook, String event) {}

    /** @param status 0: the connection is closed without an answer */
    private record Answer(int status, int afterMillis) {}

    private Receiver(boolean troubled, long seed) throws IOException {
        this.troubled = troubled;
        this.trouble = new SplittableRandom(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** One that always answers well and at once. */
    static Receiver reliable() throws IOException {
        return new Receiver(false, 0);
    }

    static Receiver troubled(long seed) throws IOException {
        return new Receiver(true, seed);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Answers what came to {@code /held} and what will. */
    void letGo() {
        gate.complete(null);
    }

    boolean hasAccepted(String hook, String event) {
        return accepted.contains(new Accepted(hook, event));
    }

    /** What came so far, in no order; also what is not answered yet. */
    List<Arrival> arrivals() {
        List<Arrival> all = new ArrayList<>(ended);
        all.addAll(open);
        return all;
    }

    int count() {
        return ended.size() + open.size();
    }

    private void receive(HttpExchange exchange) throws IOException {
        long begun = System.nanoTime();
        String hook = Path.of(exchange.getRequestURI().getPath()).getName(0).toString();
        JsonNode event = JSON.readTree(exchange.getRequestBody());
        Answer answer = answer(hook);
        Arrival arrival = new Arrival(
                hook,
                event.get("id").asText(),
                event.get("call_id").asText(),
                event.get("sequence").asInt(),
                Integer.parseInt(exchange.getRequestHeaders().getFirst("ringpost-attempt")),
                begun,
                Long.MAX_VALUE,
                answer.status());
        open.add(arrival);
        if (hook.equals("held")) {
            var _ = gate.thenRunAsync(() -> answer(exchange, arrival), threads);
            return;
        }
        Executor when = answer.afterMillis() == 0
                ? Runnable::run
                : CompletableFuture.delayedExecutor(answer.afterMillis(), TimeUnit.MILLISECONDS, threads);
        when.execute(() -> answer(exchange, arrival));
    }

    private void answer(HttpExchange exchange, Arrival came) {
        ended.add(came.answeredAt(System.nanoTime()));
        open.remove(came);
        if (came.isAccepted()) {
            accepted.add(new Accepted(came.hook(), came.event()));
        }
        try (exchange) {
            if (!came.isHungUp()) {
                exchange.sendResponseHeaders(came.status(), -1);
            }
        } catch (IOException e) {
            // The server was killed before it had the answer.
        }
    }

    private synchronized Answer answer(String hook) {
        if (hook.equals("dead")) {
            return new Answer(500, 0);
        }
        if (!troubled) {
            return new Answer(204, 0);
        }
        int afterMillis = trouble.nextInt(4) == 0 ? trouble.nextInt(SLOWEST_MILLIS) : 0;
        int luck = trouble.nextInt(100);
        return new Answer(luck < 8 ? 500 : luck < 10 ? 0 : 204, afterMillis);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
