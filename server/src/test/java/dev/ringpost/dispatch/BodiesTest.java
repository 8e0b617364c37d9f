package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private static final byte[] PAYLOAD =
            bytes("{\"id\":\"evt_1\",\"metadata\":{\"n\":12345678901234567890.10},\"messages\":[1,2]}");

    @Test
    void aLargerTranscriptGoesWithoutItsMessagesAndOtherwiseAsItWas() {
        byte[] sent = Bodies.fitting(PAYLOAD, EventType.TRANSCRIPT_FINAL, limitedTo(20));
        assertThat(new String(sent, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"evt_1\",\"metadata\":{\"n\":12345678901234567890.10},\"messages\":null,"
                        + "\"messages_omitted\":true}");
    }

    @Test
    void whatFitsAndWhatIsNoTranscriptGoesAsItIs() {
        assertThat(Bodies.fitting(PAYLOAD, EventType.TRANSCRIPT_FINAL, limitedTo(PAYLOAD.length)))
                .isSameAs(PAYLOAD);
        assertThat(Bodies.fitting(PAYLOAD, EventType.TRANSCRIPT_FINAL, limitedTo(null)))
                .isSameAs(PAYLOAD);
        assertThat(Bodies.fitting(PAYLOAD, EventType.CALL_ENDED, limitedTo(20))).isSameAs(PAYLOAD);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Webhook limitedTo(@Nullable Integer maxBodyBytes) {
        WebhookOptions standard = WebhookOptions.DEFAULT;
        WebhookOptions options = new WebhookOptions(
                standard.agentIds(),
                standard.directions(),
                standard.timeout(),
                standard.retrySchedule(),
                standard.ordering(),
                standard.maxInFlight(),
                standard.rateLimit(),
                maxBodyBytes,
                standard.headers());
        return new Webhook(
                1,
                1,
                WebhookKind.ACCOUNT,
                "w",
                "https://example.com",
                Set.of(EventType.TRANSCRIPT_FINAL),
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
