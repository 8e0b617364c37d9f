package dev.ringpost.bench.inner;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Engine;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.Health;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the delivery engine does for a delivery that succeeds at once, from its arrival to the commit of its result. */
@State(Scope.Thread)
public class LaneBenchmark {
    private static final int BATCH = 32;
    private static final String URL = "http://127.0.0.1:8080/hook";
    private static final AttemptResult SUCCESS = new AttemptResult(
            AttemptResult.Verdict.SUCCEEDED, URL, 204, null, Map.of(), null, Duration.ofMillis(1), null);

    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new SplittableRandom(1), effects::add);
    private final Webhook webhook = webhook();
    private long event;
    private long now = 1_700_000_000_000L;

    /** As many as a lane may have in flight, together. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int deliveries() {
        now++;
        for (int i = 0; i < BATCH; i++) {
            event++;
            engine.arrived(new Delivery(event, 1, 1, event, 1, EventType.CALL_STARTED), webhook, now);
        }
        int written = 0;
        engine.tick(now);
        while (!effects.isEmpty()) {
            switch (effects.remove()) {
                case Effect.Send send -> engine.finished(send.delivery(), SUCCESS, now);
                case Effect.Write write -> {
                    engine.committed(write.write(), now);
                    written++;
                }
                case Effect.Recall recall -> engine.remembered(recall.endpoint(), Health.UNKNOWN);
                case Effect.Load _, Effect.Disable _, Effect.Tell _ ->
                    throw new IllegalStateException("Nothing fails here, and nothing lies in the store");
            }
            if (effects.isEmpty()) {
                engine.tick(now);
            }
        }
        return written;
    }

    private static Webhook webhook() {
        Instant made = Instant.ofEpochMilli(1_600_000_000_000L);
        return new Webhook(
                1,
                1,
                WebhookKind.ACCOUNT,
                "bench",
                URL,
                Set.of(EventType.CALL_STARTED),
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(new SigningSecret("whsec_YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJr", null)),
                made,
                made);
    }
}
