package dev.ringpost.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Sends requests with one key. Bodies may have single quotes for double ones. */
record ApiClient(int port, @Nullable String key, long account) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer; {@code json} is missing where the body is none. */
    record Answer(int status, HttpResponse<String> http, JsonNode json) {
        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        String text(String pointer) {
            return json.at(pointer).asText();
        }

        Answer expect(int status) {
            Assertions.assertThat(this.status).as(http.body()).isEqualTo(status);
            return this;
        }

        /** The kind of problem, behind the common part of its URI. */
        String problem() {
            return json.path("type").asText().replace("https://ringpost.dev/problems/", "");
        }

        /** Pointers of all faults with their messages. */
        TreeMap<String, String> faults() {
            TreeMap<String, String> faults = new TreeMap<>();
            for (JsonNode error : json.path("errors")) {
                faults.put(error.path("pointer").asText(), error.path("message").asText());
            }
            return faults;
        }

        List<String> names() {
            return json.propertyStream().map(java.util.Map.Entry::getKey).toList();
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(quoted(body)));
    }

    Answer patch(String path, String body) {
        return send("PATCH", path, BodyPublishers.ofString(quoted(body)));
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body)
                .setHeader("content-type", "application/json");
        if (key != null) {
            request.setHeader("authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response, parse(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static JsonNode parse(HttpResponse<String> response) throws JsonProcessingException {
        boolean isJson =
                response.headers().firstValue("content-type").orElse("").contains("json");
        return isJson && !response.body().isEmpty() ? JSON.readTree(response.body()) : MissingNode.getInstance();
    }
}
