package dev.ringpost.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends requests to a server, and holds each of them and each answer to the description. */
final class DescribedClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Description description;
    private final Schemas schemas;
    private final Ledger ledger;
    private final URI server;
    private final String key;

    DescribedClient(Description description, Schemas schemas, Ledger ledger, URI server, String key) {
        this.description = description;
        this.schemas = schemas;
        this.ledger = ledger;
        this.server = server;
        this.key = key;
    }

    /** The same with another key. */
    DescribedClient withKey(String other) {
        return new DescribedClient(description, schemas, ledger, server, other);
    }

    Ask ask(String operationId) {
        return ask(description.operation(operationId));
    }

    Ask ask(Description.Operation operation) {
        return new Ask(this, operation, key);
    }

    List<String> exampleNames(String operationId) {
        List<String> names = new ArrayList<>();
        examples(operationId).node().fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Description.Place examples(String operationId) {
        return description.at(
                description.operation(operationId).pointer(), "requestBody", "content", "application/json", "examples");
    }

    /** The value of an example of the request's body. */
    JsonNode example(String operationId, String name) {
        JsonNode value =
                description.at(examples(operationId).pointer(), name, "value").node();
        assertThat(value.isMissingNode())
                .as(operationId + " has the example " + name)
                .isFalse();
        return value.deepCopy();
    }

    Exchange exchange(Ask ask, int expected) {
        String what = ask.operation() + " " + ask.body();
        if (ask.isDescribed()) {
            assertThat(requestFaults(ask)).as("request of " + what).isEmpty();
        }
        Exchange.Reply reply = send(ask);
        assertThat(reply.status()).as(what + "\n" + reply.body()).isEqualTo(expected);
        JsonPointer answer = description
                .at(ask.operation().pointer(), "responses", Integer.toString(expected))
                .pointer();
        Exchange exchange = new Exchange(ask.operation(), reply, answer, json(reply));
        assertThat(answerFaults(exchange))
                .as("answer " + expected + " of " + what + "\n" + reply.body())
                .isEmpty();
        ledger.add(exchange);
        return exchange;
    }

    private List<String> requestFaults(Ask ask) {
        List<String> faults = new ArrayList<>();
        List<String> queryParameters = new ArrayList<>();
        for (Description.Place parameter : description.parameters(ask.operation())) {
            String name = parameter.node().path("name").asText();
            String in = parameter.node().path("in").asText();
            JsonNode value = ask.values(in).get(name);
            if (in.equals("query")) {
                queryParameters.add(name);
            }
            if (value != null) {
                faults.addAll(schemas.faults(parameter.pointer().appendProperty("schema"), value));
            } else if (parameter.node().path("required").asBoolean()) {
                faults.add(name + " is required");
            }
        }
        ask.values("query").keySet().stream()
                .filter(name -> !queryParameters.contains(name))
                .forEach(name -> faults.add("query parameter " + name + " is not described"));
        faults.addAll(bodyFaults(ask));
        return faults;
    }

    private List<String> bodyFaults(Ask ask) {
        Description.Place described = description.at(ask.operation().pointer(), "requestBody");
        String body = ask.body();
        if (body == null) {
            return described.node().path("required").asBoolean() ? List.of("the body is required") : List.of();
        }
        JsonPointer schema = description
                .at(described.pointer(), "content", "application/json")
                .pointer()
                .appendProperty("schema");
        return schemas.faults(schema, parse(body));
    }

    private List<String> answerFaults(Exchange exchange) {
        Description.Place answer = description.at(exchange.answer());
        if (answer.node().isMissingNode()) {
            return List.of("the description has no answer " + exchange.status());
        }
        List<String> faults = new ArrayList<>(headerFaults(exchange, answer));
        String type = exchange.reply().header("content-type").orElse("").replaceAll(";.*", "");
        JsonNode content = answer.node().path("content");
        if (content.isEmpty()) {
            if (!exchange.reply().body().isEmpty()) {
                faults.add("the description has no body");
            }
            return faults;
        }
        if (!content.has(type)) {
            faults.add("the description has no content of type '" + type + "'");
            return faults;
        }
        JsonPointer media = answer.pointer().appendProperty("content").appendProperty(type);
        JsonNode value = exchange.json().isMissingNode()
                ? TextNode.valueOf(exchange.reply().body())
                : exchange.json();
        faults.addAll(schemas.strictFaults(media.appendProperty("schema"), value));
        if (exchange.isProblem()) {
            faults.addAll(problemFaults(exchange, description.at(media, "examples", exchange.problem(), "value")));
        }
        faults.addAll(Times.faults(exchange.json()));
        return faults;
    }

    private List<String> headerFaults(Exchange exchange, Description.Place answer) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : answer.node().path("headers").properties()) {
            Description.Place described = description.at(answer.pointer(), "headers", entry.getKey());
            Optional<String> value = exchange.reply().header(entry.getKey());
            if (value.isPresent()) {
                JsonNode typed = value.get().matches("\\d{1,9}")
                        ? IntNode.valueOf(Integer.parseInt(value.get()))
                        : TextNode.valueOf(value.get());
                faults.addAll(schemas.faults(described.pointer().appendProperty("schema"), typed));
            } else if (described.node().path("required").asBoolean()) {
                faults.add("header " + entry.getKey() + " is missing");
            }
        }
        return faults;
    }

    /** The types of a status are the names of its examples. */
    private static List<String> problemFaults(Exchange exchange, Description.Place example) {
        if (example.node().isMissingNode()) {
            return List.of("the description has no problem " + exchange.problem() + " here");
        }
        boolean same = example.node().path("title").equals(exchange.json().path("title"))
                && example.node().path("status").equals(exchange.json().path("status"));
        return same ? List.of() : List.of("title or status differ from the example");
    }

    private Exchange.Reply send(Ask ask) {
        try {
            if (!ask.rawQuery().isEmpty()) {
                return RawRequest.send(server, ask);
            }
            HttpResponse<InputStream> http = HTTP.send(ask.http(server), HttpResponse.BodyHandlers.ofInputStream());
            boolean goesOn =
                    http.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
            try (InputStream body = http.body()) {
                String text = goesOn ? firstMessage(body) : new String(body.readAllBytes(), UTF_8);
                return new Exchange.Reply(http.statusCode(), http.headers(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(ask.operation() + " was not answered", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream until the end of its first message. */
    private static String firstMessage(InputStream body) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = body.read(); b >= 0; b = body.read()) {
            text.append((char) b);
            if (text.indexOf("data: ") >= 0 && text.toString().endsWith("\n\n")) {
                break;
            }
        }
        return text.toString();
    }

    private static JsonNode json(Exchange.Reply reply) {
        boolean isJson = reply.header("content-type").orElse("").contains("json");
        return isJson ? parse(reply.body()) : MissingNode.getInstance();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
