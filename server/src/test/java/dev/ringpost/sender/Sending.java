package dev.ringpost.sender;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.clock.Clocks;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sender on an event loop of its own, as tests need it. */
final class Sending implements AutoCloseable {
    static final Duration PATIENT = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(300);
    static final SenderSettings LOCAL = settings(64, null);

    private static final long ACCOUNT = 1;

    final HttpSender sender;
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();

    Sending(SenderSettings settings, Resolver resolver) {
        sender = new HttpSender(vertx, settings, resolver, Clocks.system());
    }

    static SenderSettings settings(int maxSockets, @Nullable Path trusted) {
        return new SenderSettings(true, true, maxSockets, Duration.ofSeconds(30), trusted);
    }

    /** A resolver that answers every name with these. */
    static Resolver always(String... addresses) {
        Resolver.Answer answer = new Resolver.Answer.Found(
                Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
        return (account, host) -> CompletableFuture.completedFuture(answer);
    }

    AttemptResult send(String url) throws Exception {
        return send(url, PATIENT);
    }

    AttemptResult send(String url, Duration timeout) throws Exception {
        return await(start(new WebhookRequest(
                ACCOUNT, url, Map.of("content-type", "application/json"), "{\"a\":1}".getBytes(UTF_8), timeout)));
    }

    CompletableFuture<AttemptResult> start(WebhookRequest request) {
        CompletableFuture<AttemptResult> result = new CompletableFuture<>();
        context.runOnContext(now -> sender.send(request).onComplete(result::complete, result::completeExceptionally));
        return result;
    }

    static AttemptResult await(CompletableFuture<AttemptResult> result) throws Exception {
        return result.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        sender.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static void assertFailed(AttemptResult result, String error) {
        assertThat(result.error()).isEqualTo(error);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    }

    /** Of an attempt with the {@link #SHORT} timeout. */
    static void assertTimedOut(AttemptResult result, String doing) {
        assertThat(result.error()).isEqualTo("Timeout after 300 ms while " + doing);
        assertThat(result.verdict()).isEqualTo(Verdict.OVERLOADED);
        assertThat(result.responseStatus()).isNull();
        assertThat(result.responseBody()).isNull();
    }
}
