package dev.ringpost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.signing.VerificationException;
import dev.ringpost.signing.Verifier;
import dev.ringpost.signing.WebhookSecret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A receiver as a customer would write it: verifies each signature, answers 200, or 401 where it is wrong. */
public final class DemoReceiver {
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger failuresLeft = new AtomicInteger(Plan.FLAKY_FAILURES);
    private final Vertx vertx;
    private final InstantSource clock;
    private final Secrets secrets;
    private final BlockingQueue<Arrival> arrivals;

    /** @param arrivals where each request is put, once it is answered for */
    public DemoReceiver(Vertx vertx, InstantSource clock, ApiClient api, BlockingQueue<Arrival> arrivals) {
        this.vertx = vertx;
        this.clock = clock;
        this.secrets = new Secrets(api);
        this.arrivals = arrivals;
    }

    /** Listens on a free port of this machine; gives the address, without a path. */
    public Future<URI> start() {
        return vertx.createHttpServer()
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort)
                .map(port -> URI.create("http://127.0.0.1:" + port));
    }

    private void receive(HttpServerRequest request) {
        Instant now = clock.instant();
        request.body()
                // Secrets are asked for over HTTP, so not on the event loop; unordered, lest one request wait for
                // another.
                .compose(body -> vertx.executeBlocking(() -> judge(request, body, now), false))
                .onSuccess(arrival -> {
                    arrivals.add(arrival);
                    request.response().setStatusCode(arrival.answered()).end();
                })
                .onFailure(failure -> request.response().setStatusCode(400).end(String.valueOf(failure.getMessage())));
    }

    private Arrival judge(HttpServerRequest request, Buffer body, Instant now) throws IOException {
        byte[] bytes = body.getBytes();
        JsonNode payload = json.readTree(bytes);
        String path = String.valueOf(request.path());
        String fault = signatureFault(request, path, bytes);
        int answer = fault != null ? 401 : isToFail(path) ? 500 : 200;
        return new Arrival(
                now,
                path,
                String.valueOf(request.getHeader("webhook-id")),
                payload.path("event").asText(),
                payload.path("call_id").asText(),
                payload.path("sequence").asInt(),
                attempt(request),
                Duration.between(Instant.parse(payload.path("created_at").asText()), now),
                fault,
                answer);
    }

    private static int attempt(HttpServerRequest request) {
        String attempt = request.getHeader("ringpost-attempt");
        return attempt == null ? 0 : Integer.parseInt(attempt);
    }

    private boolean isToFail(String path) {
        return path.equals(Plan.FLAKY) && failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private @Nullable String signatureFault(HttpServerRequest request, String path, byte[] body) {
        String url = request.absoluteURI();
        String fault = faultWith(secrets.of(url, path), request, body);
        return fault == null ? null : faultWith(secrets.refreshed(url, path), request, body);
    }

    private @Nullable String faultWith(List<String> known, HttpServerRequest request, byte[] body) {
        if (known.isEmpty()) {
            return "no webhook has this URL";
        }
        List<WebhookSecret> keys = known.stream().map(WebhookSecret::parse).toList();
        try {
            new Verifier(keys, Verifier.DEFAULT_TOLERANCE, clock)
                    .verify(
                            request.getHeader("webhook-id"),
                            request.getHeader("webhook-timestamp"),
                            request.getHeader("webhook-signature"),
                            body);
            return null;
        } catch (VerificationException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
