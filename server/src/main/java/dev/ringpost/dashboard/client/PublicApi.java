package dev.ringpost.dashboard.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringpost.dashboard.session.Session;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public API, asked with the key of whoever is signed in. Every method blocks, and throws {@link Refused} for what is no
 * 2xx.
 */
public final class PublicApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A test waits for a receiver, for up to 30 s. */
    private static final Duration PATIENCE_WITH_A_RECEIVER = Duration.ofSeconds(40);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ApiConnection connection;
    private final SocketAddress server;
    private final Session session;

    /** @param server where the API listens */
    public PublicApi(ApiConnection connection, SocketAddress server, Session session) {
        this.connection = connection;
        this.server = server;
        this.session = session;
    }

    /** @param path with its query */
    public <T> T get(String path, Class<T> type) {
        return read(send(HttpMethod.GET, path, null, PATIENCE), type);
    }

    public <T> T post(String path, JsonNode body, Class<T> type) {
        return read(send(HttpMethod.POST, path, body, PATIENCE), type);
    }

    /** As {@link #post}, where the answer comes from a receiver. */
    public <T> T postToReceiver(String path, JsonNode body, Class<T> type) {
        return read(send(HttpMethod.POST, path, body, PATIENCE_WITH_A_RECEIVER), type);
    }

    public <T> T patch(String path, JsonNode body, Class<T> type) {
        return read(send(HttpMethod.PATCH, path, body, PATIENCE), type);
    }

    public void delete(String path) {
        var _ = send(HttpMethod.DELETE, path, null, PATIENCE);
    }

    private byte[] send(HttpMethod method, String path, @Nullable JsonNode body, Duration patience) {
        RequestOptions request = new RequestOptions()
                .setServer(server)
                .setHost("localhost")
                .setMethod(method)
                .setURI(path)
                .setIdleTimeout(patience.toMillis())
                .putHeader("authorization", "Bearer " + session.key());
        String actingFor = session.actingFor();
        if (actingFor != null) {
            request.putHeader("ringpost-account", actingFor);
        }
        if (body != null) {
            request.putHeader("content-type", "application/json");
        }
        ApiConnection.Answer answer = connection.send(request, body == null ? null : body.toString(), patience);
        if (answer.status() / 100 != 2) {
            throw new Refused(problem(answer));
        }
        return answer.body();
    }

    private static Problem problem(ApiConnection.Answer answer) {
        try {
            return JSON.readValue(answer.body(), Problem.class);
        } catch (IOException e) {
            return new Problem(null, null, answer.status(), null, List.of());
        }
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return JSON.readValue(body, type);
        } catch (IOException e) {
            throw new IllegalStateException("The API's answer is no " + type.getSimpleName(), e);
        }
    }
}
