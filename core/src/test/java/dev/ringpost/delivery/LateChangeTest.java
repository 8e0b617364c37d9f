package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Changes of a webhook are told by several threads, so they may come in another order than they were made. */
class LateChangeTest {
    private final List<Webhook> sentTo = new ArrayList<>();
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new SplittableRandom(1), effect -> {
        if (effect instanceof Effect.Send send) {
            sentTo.add(send.webhook());
        }
    });

    @Test
    void anOlderStateDoesNotReplaceANewerOne() {
        Webhook first =
                Webhooks.all(1).rotated(rotation("whsec_a"), Webhooks.all(1).updatedAt());
        Webhook second = first.rotated(rotation("whsec_b"), first.updatedAt());
        Webhook third = second.rotated(rotation("whsec_c"), first.updatedAt());
        assertThat(List.of(first.updatedAt(), second.updatedAt(), third.updatedAt()))
                .isSorted()
                .doesNotHaveDuplicates();
        engine.arrived(new Delivery(1, 1, 1, 1, 1, EventType.CALL_STARTED), first, 0);
        engine.changed(third, 0);
        engine.changed(second, 0);
        engine.tick(0);
        assertThat(sentTo).containsExactly(third);
    }

    private static Rotation rotation(String secret) {
        return new Rotation(secret, Duration.ofHours(1));
    }
}
