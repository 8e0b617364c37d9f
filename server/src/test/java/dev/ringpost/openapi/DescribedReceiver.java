package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives webhooks, and holds each to the description. Where nothing else is said it answers 204. */
final class DescribedReceiver implements AutoCloseable {
    /** A request that came. */
    record Received(String path, String sender, JsonNode event, List<String> faults) {}

    private final Description description;
    private final Schemas schemas;
    private final Ledger ledger;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();

    DescribedReceiver(Description description, Schemas schemas, Ledger ledger) throws IOException {
        this.description = description;
        this.schemas = schemas;
        this.ledger = ledger;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on. */
    void answer(String path, int status) {
        statuses.put(path, status);
    }

    /** Waits until the event came to the path. */
    JsonNode awaitEvent(String path, String event) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> received.stream()
                                .filter(one -> one.path().equals(path)
                                        && one.event().path("event").asText().equals(event))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .event();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(read(path, exchange, DescribedClient.parse(body)));
            exchange.sendResponseHeaders(statuses.getOrDefault(path, 204), -1);
        }
    }

    private Received read(String path, HttpExchange exchange, JsonNode event) {
        JsonPointer webhook = JsonPointer.compile("/webhooks")
                .appendProperty(event.path("event").asText());
        JsonPointer request = webhook.appendProperty("post").appendProperty("requestBody");
        List<String> faults = new ArrayList<>();
        if (description.at(request).node().isMissingNode()) {
            faults.add("the description has no webhook " + event.path("event"));
            return new Received(path, exchange.getRequestHeaders().getFirst("user-agent"), event, faults);
        }
        JsonPointer schema = request.appendProperty("content")
                .appendProperty("application/json")
                .appendProperty("schema");
        faults.addAll(schemas.strictFaults(schema, event));
        faults.addAll(Times.faults(event));
        JsonPointer parameters = webhook.appendProperty("post").appendProperty("parameters");
        for (int i = 0; i < description.at(parameters).node().size(); i++) {
            faults.addAll(headerFaults(description.at(parameters.appendIndex(i)), exchange));
        }
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("content-type"))) {
            faults.add("content-type is " + exchange.getRequestHeaders().getFirst("content-type"));
        }
        ledger.add(request, event);
        return new Received(path, exchange.getRequestHeaders().getFirst("user-agent"), event, faults);
    }

    private List<String> headerFaults(Description.Place parameter, HttpExchange exchange) {
        String name = parameter.node().path("name").asText();
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value == null) {
            return List.of("header " + name + " is missing");
        }
        JsonNode typed = value.matches("\\d{1,18}") ? LongNode.valueOf(Long.parseLong(value)) : TextNode.valueOf(value);
        return schemas.faults(parameter.pointer().appendProperty("schema"), typed);
    }

    /** Every request was as described, and of this version of the server. */
    void assertAllAsDescribed() {
        String version = description.document().at("/info/version").asText();
        assertThat(received).extracting(Received::sender).containsOnly("Ringpost/" + version);
        assertThat(received)
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(one.faults()).as(one.event().toString()).isEmpty());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
