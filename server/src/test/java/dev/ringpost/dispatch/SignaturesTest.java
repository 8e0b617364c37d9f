package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.signing.WebhookPrivateKey;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.SigningSecret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.900Z");
    private static final byte[] BODY = {1, 2, 3};

    private final WebhookSecret newer = WebhookSecret.generate();
    private final WebhookSecret older = WebhookSecret.generate();
    private final WebhookPrivateKey pair = WebhookPrivateKey.generate();
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Signatures signatures = new Signatures();

    @AfterEach
    void close() {
        signatures.close();
        vertx.close().await();
    }

    @Test
    void aSharedSecretSignsAtOnce() {
        Future<String> header = onLoop(() -> {
            Future<String> made = header(List.of(new SigningSecret(newer.reveal(), null)));
            assertThat(made.isComplete()).isTrue();
            return made;
        });
        assertThat(header.await()).isEqualTo(newer.sign("evt_1", NOW.getEpochSecond(), BODY));
    }

    @Test
    void whatAKeyPairSignsComesBackToTheEventLoop() {
        CompletableFuture<String> completedOn = new CompletableFuture<>();
        Future<String> header = onLoop(() -> {
            Future<String> made = header(List.of(new SigningSecret(pair.reveal(), null)));
            return made.onComplete(
                    done -> completedOn.complete(Thread.currentThread().getName()));
        });
        assertThat(header.await()).isEqualTo(pair.sign("evt_1", NOW.getEpochSecond(), BODY));
        assertThat(completedOn.join()).contains("eventloop");
    }

    @Test
    void allThatAreValidSignNewestFirst() {
        List<SigningSecret> secrets = List.of(
                new SigningSecret(pair.reveal(), null),
                new SigningSecret(newer.reveal(), NOW.plusMillis(1)),
                new SigningSecret(older.reveal(), NOW));
        long seconds = NOW.getEpochSecond();
        assertThat(onLoop(() -> header(secrets)).await())
                .isEqualTo(pair.sign("evt_1", seconds, BODY) + " " + newer.sign("evt_1", seconds, BODY));
    }

    private Future<String> header(List<SigningSecret> secrets) {
        return signatures.header(secrets, "evt_1", NOW, BODY, loop);
    }

    /** What the work returns; what it throws is thrown here. */
    private <T> T onLoop(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }
}
