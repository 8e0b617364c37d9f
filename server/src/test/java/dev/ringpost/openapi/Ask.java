package dev.ringpost.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to an operation of the description. Bodies may have single quotes for double ones. */
final class Ask {
    private final DescribedClient client;
    private final Description.Operation operation;
    private final Map<String, String> path = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String rawQuery = "";
    private @Nullable String body;
    private boolean described = true;

    Ask(DescribedClient client, Description.Operation operation, String key) {
        this.client = client;
        this.operation = operation;
        if (operation.needsKey()) {
            headers.put("authorization", "Bearer " + key);
        }
    }

    Ask id(String id) {
        return path("id", id);
    }

    Ask path(String name, String value) {
        path.put(name, value);
        return this;
    }

    Ask query(String name, String value) {
        query.put(name, value);
        return this;
    }

    Ask header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Ask key(String key) {
        return header("authorization", "Bearer " + key);
    }

    Ask withoutKey() {
        headers.remove("authorization");
        return this;
    }

    Ask json(String text) {
        body = text.replace('\'', '"');
        headers.putIfAbsent("content-type", "application/json");
        return this;
    }

    Ask json(JsonNode node) {
        body = node.toString();
        headers.putIfAbsent("content-type", "application/json");
        return this;
    }

    /** The request is not as the description has it, on purpose; its answer must be. */
    Ask asNotDescribed() {
        described = false;
        return this;
    }

    /** Is sent as it is, which no client would do. */
    Ask rawQuery(String text) {
        rawQuery = text;
        return asNotDescribed();
    }

    Exchange expect(int status) {
        return client.exchange(this, status);
    }

    Description.Operation operation() {
        return operation;
    }

    boolean isDescribed() {
        return described;
    }

    String rawQuery() {
        return rawQuery;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    String body() {
        return body;
    }

    Map<String, JsonNode> values(String in) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        switch (in) {
            case "path" -> path.forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
            case "query" -> query.forEach((name, value) -> values.put(name, typed(value)));
            default -> headers.forEach((name, value) -> values.put(name, TextNode.valueOf(value)));
        }
        return values;
    }

    /** As a reader of the query takes it. */
    private static JsonNode typed(String value) {
        if (value.matches("-?\\d{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(value));
        }
        return switch (value) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> TextNode.valueOf(value);
        };
    }

    /** Path and query. */
    String target() {
        String target = operation.path();
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            target = target.replace("{" + parameter.getKey() + "}", encoded(parameter.getValue()));
        }
        List<String> parameters = new ArrayList<>();
        query.forEach((name, value) -> parameters.add(name + "=" + encoded(value)));
        if (!rawQuery.isEmpty()) {
            parameters.add(rawQuery);
        }
        return parameters.isEmpty() ? target : target + "?" + String.join("&", parameters);
    }

    HttpRequest http(URI server) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target()))
                .timeout(Duration.ofSeconds(30))
                .method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
