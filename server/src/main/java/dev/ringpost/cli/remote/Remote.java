package dev.ringpost.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A running server's public API, with one key. Each request has a deadline and a bound on its answer. */
public final class Remote implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A test of a webhook may take its {@code timeout_seconds}, 30 at most. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    /** Two hundred items with the largest transcripts are no use to anybody at a terminal. */
    private static final long LARGEST_ANSWER = 256 << 20;

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Access access;

    /**
     * How the server is reached.
     *
     * @param server without a path
     * @param account to act for, with an operator's key; null: the key's own
     */
    public record Access(URI server, String key, @Nullable String account) {
        /** Without the key, which must not be printed by accident. */
        @Override
        public String toString() {
            return "Access[" + server + "]";
        }
    }

    /** An answer with a 2xx; {@code json} is missing where the body is empty. */
    public record Answer(byte[] body, JsonNode json) {
        public String text() {
            return new String(body, UTF_8);
        }

        /** The items of a list, as they stand in the answer. */
        public List<byte[]> items() {
            try {
                return RawJson.items(body, "items");
            } catch (IOException e) {
                throw new RemoteFailure(0, "the server's answer is no list: " + e.getMessage());
            }
        }
    }

    public Remote(Access access) {
        this.access = access;
    }

    /** @throws RemoteFailure where the answer is no 2xx, or there is none */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** As {@link #get}. */
    public Answer post(String path, JsonNode body) {
        return send(json(path).POST(BodyPublishers.ofString(body.toString())));
    }

    /** As {@link #get}. */
    public Answer patch(String path, JsonNode body) {
        return send(json(path).method("PATCH", BodyPublishers.ofString(body.toString())));
    }

    /** As {@link #get}. */
    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /**
     * Opens an answer that goes on.
     *
     * @param headers more of them
     * @throws RemoteFailure where the answer is no 2xx, or there is none
     */
    InputStream open(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        HttpRequest built = request.build();
        try {
            HttpResponse<InputStream> response = http.send(built, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw refused(response.statusCode(), body.readNBytes(1 << 16));
                }
            }
            return response.body();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** A path with those parameters that have a value. */
    public static String path(String path, Map<String, @Nullable String> parameters) {
        List<String> given = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                given.add(name + "=" + URLEncoder.encode(value, UTF_8));
            }
        });
        return given.isEmpty() ? path : path + "?" + String.join("&", given);
    }

    /** An id as a part of a path. */
    public static String segment(String id) {
        return URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("content-type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(access.server() + path))
                .timeout(ANSWER)
                .header("authorization", "Bearer " + access.key());
        String account = access.account();
        return account == null ? request : request.header("ringpost-account", account);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            if (response.statusCode() / 100 != 2) {
                throw refused(response.statusCode(), response.body());
            }
            return new Answer(response.body(), parse(response.body()));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static JsonNode parse(byte[] body) throws IOException {
        return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    }

    private RemoteFailure unreachable(IOException e) {
        String why = switch (e) {
            case ConnectException refused -> "nothing answers there";
            case HttpTimeoutException late -> "it took too long";
            default -> String.valueOf(e.getMessage());
        };
        return new RemoteFailure(
                0, "the server at " + access.server() + " can't be reached (" + why + "); --server names another");
    }

    private static RemoteFailure interrupted() {
        Thread.currentThread().interrupt();
        return new RemoteFailure(0, "interrupted");
    }

    /** The problem's detail and each of its faults. */
    private static RemoteFailure refused(int status, byte[] body) {
        JsonNode problem;
        try {
            problem = parse(body);
        } catch (IOException e) {
            problem = MissingNode.getInstance();
        }
        String detail = problem.path("detail").asText("the server answered " + status);
        List<String> faults = new ArrayList<>();
        for (JsonNode fault : problem.path("errors")) {
            faults.add(fault.path("pointer").asText().substring(1) + " "
                    + fault.path("message").asText());
        }
        return new RemoteFailure(status, faults.isEmpty() ? detail : String.join("; ", faults));
    }
}
