package dev.ringpost.callengine;

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
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A call engine that verifies what it gets, remembers it, and answers as the test says. */
final class TestEngine implements AutoCloseable {
    /** Instead of an answer: none until the test is over. */
    static final int HANG = 0;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came, in order; with a bad signature it is not remembered, and refused. */
    final List<Got> got = new CopyOnWriteArrayList<>();

    /** Gives the status of each answer. */
    volatile Function<Got, Integer> answer = command -> 204;

    private final Verifier verifier;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** A command that came. */
    record Got(String id, String contentType, String userAgent, JsonNode body) {
        String command() {
            return body.path("command").asText();
        }

        String callId() {
            return body.at("/call/id").asText();
        }
    }

    TestEngine(String secret, InstantSource clock) throws IOException {
        verifier = new Verifier(List.of(WebhookSecret.parse(secret)), Verifier.DEFAULT_TOLERANCE, clock);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/engine";
    }

    List<Got> commands(String kind) {
        return got.stream().filter(command -> command.command().equals(kind)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int status(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = header(exchange, "webhook-id");
        try {
            verifier.verify(id, header(exchange, "webhook-timestamp"), header(exchange, "webhook-signature"), body);
        } catch (VerificationException e) {
            return 401;
        }
        Got command =
                new Got(id, header(exchange, "content-type"), header(exchange, "user-agent"), JSON.readTree(body));
        got.add(command);
        int status = answer.apply(command);
        if (status == HANG) {
            over.await();
        }
        return status == HANG ? 503 : status;
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
