package dev.ringpost.cli.remote;

import dev.ringpost.signing.WebhookSecret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends events to a local server as webhooks: the same bytes, headers and signature. */
public final class Forwarder implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI target;
    private final String userAgent;
    private final InstantSource clock;

    /**
     * What became of one request.
     *
     * @param status null where there was no answer
     * @param error why there was none
     */
    public record Outcome(
            @Nullable Integer status, long millis, @Nullable String error) {}

    /** @param clock for the time that is signed */
    public Forwarder(URI target, String version, InstantSource clock) {
        this.target = target;
        this.userAgent = "Ringpost/" + version;
        this.clock = clock;
    }

    /** @param attempt from 1 */
    Outcome send(String id, byte[] payload, int attempt, WebhookSecret secret) throws InterruptedException {
        long now = clock.instant().getEpochSecond();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(ANSWER).POST(BodyPublishers.ofByteArray(payload));
        Map.of(
                        "content-type",
                        "application/json",
                        "user-agent",
                        userAgent,
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(now),
                        "webhook-signature",
                        secret.sign(id, now, payload),
                        "ringpost-attempt",
                        Integer.toString(attempt))
                .forEach(request::header);
        long begin = System.nanoTime();
        try {
            HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
            return new Outcome(response.statusCode(), since(begin), null);
        } catch (IOException e) {
            return new Outcome(null, since(begin), why(e));
        }
    }

    private String why(IOException e) {
        return switch (e) {
            case ConnectException refused -> "nothing answers at " + target.getAuthority();
            case HttpTimeoutException late -> "no answer within " + ANSWER.toSeconds() + " s";
            default -> "no answer: " + e.getMessage();
        };
    }

    private static long since(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
