package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.ringpost.signing.Signer;
import dev.ringpost.signing.WebhookPrivateKey;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.Signature;
import dev.ringpost.webhook.SigningSecret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes the header {@code webhook-signature}. A v1 signature costs microseconds and is made at once; one of v1a costs half
 * a millisecond, in which an event loop sends dozens of other requests, so it is made on threads of its own. What waits
 * for these is already in flight: its slots bound it.
 */
final class Signatures {
    private static final int MAX_SECRETS = 10_000;
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final LoadingCache<String, Signer> signers = Caffeine.newBuilder()
            .maximumSize(MAX_SECRETS)
            .executor(Runnable::run)
            .build(Signatures::signer);
    private final ExecutorService slow = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("signer-", 0).factory());

    /**
     * One signature for each secret that is valid now, the newest secret's first.
     *
     * @param loop the event loop that this is called on, and the future completes on
     */
    Future<String> header(List<SigningSecret> secrets, String id, Instant now, byte[] body, Context loop) {
        List<SigningSecret> valid =
                secrets.stream().filter(secret -> secret.signsAt(now)).toList();
        if (valid.stream().allMatch(secret -> secret.signature() == Signature.V1)) {
            return Future.succeededFuture(sign(valid, id, now, body));
        }
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> sign(valid, id, now, body), slow), loop);
    }

    void close() {
        slow.shutdown();
    }

    private String sign(List<SigningSecret> valid, String id, Instant now, byte[] body) {
        List<Signer> each =
                valid.stream().map(secret -> signers.get(secret.text())).toList();
        return Signer.header(each, id, now.getEpochSecond(), body);
    }

    private static Signer signer(String secret) {
        return switch (Signature.ofSecret(secret)) {
            case V1 -> WebhookSecret.parse(secret);
            case V1A -> WebhookPrivateKey.parse(secret);
        };
    }
}
