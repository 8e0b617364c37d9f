package dev.ringpost.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.call.EventType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.Webhooks;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticePayloadsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final PublicIds ids = new PublicIds(new byte[32]);
    private final NoticePayloads payloads = new NoticePayloads(ids);
    private final Webhook webhook = Webhooks.of(7, WebhookKind.ACCOUNT, "https://a.example/h", Set.of());
    private final String common = "{\"id\":\"" + ids.event(9) + "\",\"event\":\"%s\",\"created_at\":"
            + "\"2026-01-01T00:00:00.000Z\",\"account_id\":\"" + ids.format(IdKind.ACCOUNT, 1) + "\",\"webhook_id\":\""
            + ids.webhook(7)
            + "\",\"name\":\"test\",\"url\":\"https://a.example/h\",\"kind\":\"account\",\"suppressed\":2";

    @Test
    void aWebhookIsDisabled() {
        assertThat(write(new Notice.Disabled(webhook.disabled("410 Gone", NOW))))
                .isEqualTo(common.formatted("webhook.disabled") + ",\"reason\":\"410 Gone\"}");
    }

    @Test
    void aWebhookFailsAndRecovers() {
        assertThat(write(new Notice.Failing(webhook, 5, "status 500")))
                .isEqualTo(
                        common.formatted("webhook.failing") + ",\"consecutive_failures\":5,\"error\":\"status 500\"}");
        assertThat(write(new Notice.Recovered(webhook))).isEqualTo(common.formatted("webhook.recovered") + "}");
    }

    @Test
    void aDeliveryIsExhausted() {
        Delivery delivery = new Delivery(11, 7, 1, 12, 3, EventType.CALL_ENDED);
        assertThat(write(new Notice.Exhausted(webhook, delivery, 10, null)))
                .isEqualTo(common.formatted("delivery.exhausted") + ",\"delivery_id\":\"" + ids.delivery(11, 7)
                        + "\",\"event_id\":\"" + ids.event(11) + "\",\"event_type\":\"call.ended\",\"call_id\":\""
                        + ids.call(12) + "\",\"attempts\":10,\"error\":null}");
    }

    @ParameterizedTest
    @EnumSource
    void eachHasASampleAndNoEventOfACallHas(EventType type) {
        if (type.isOfCall()) {
            assertThatThrownBy(() -> payloads.writeTest(type, 9, NOW, webhook))
                    .isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(new String(payloads.writeTest(type, 9, NOW, webhook), UTF_8))
                    .contains("\"event\":\"" + type.wireName() + "\"", "\"test\":true");
        }
    }

    private String write(Notice notice) {
        return new String(payloads.write(9, NOW, notice, 2), UTF_8);
    }
}
