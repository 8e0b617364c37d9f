package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Deliveries fail, wait, are tried again and are replayed. */
final class DeliveryStory {
    private final DescribedClient client;
    private final DescribedReceiver receiver;

    DeliveryStory(DescribedClient client, DescribedReceiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    void run() {
        receiver.answer("/down", 500);
        String webhook = client.ask("createWebhook")
                .json("{'url': '" + receiver.url("/down") + "', 'events': ['call.started'], 'retry_schedule': [3600]}")
                .expect(201)
                .id();
        client.ask("sendReports")
                .json("{'type': 'connected', 'external_id': 'down-1', 'call': {'agent_id': 'a', 'type': 'web'}}")
                .expect(200);
        receiver.awaitEvent("/down", "call.started");
        Exchange log = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> client.ask("listWebhookDeliveries").id(webhook).expect(200),
                        rows -> rows.json().path("items").size() == 1);
        String delivery = log.text("/items/0/delivery_id");
        logs(webhook, log);
        waitsAndIsTriedAgain(webhook, delivery);
        replays(webhook);
        isNotSentAgain(webhook, delivery);
        client.ask("deleteWebhook").id(webhook).expect(204);
        client.ask("retryDelivery").id(delivery).expect(409);
    }

    private void logs(String webhook, Exchange log) {
        client.ask("getDelivery").id(log.text("/items/0/delivery_id")).expect(200);
        client.ask("listDeliveries")
                .query("webhook_id", webhook)
                .query("event", "call.started")
                .query("status", "failed")
                .query("final", "false")
                .query("event_id", log.text("/items/0/event_id"))
                .query("call_id", log.text("/items/0/call_id"))
                .query("since", "2026-01-01T00:00:00Z")
                .query("until", "2100-01-01T00:00:00Z")
                .query("limit", "1")
                .query("cursor", "")
                .expect(200);
        client.ask("listDeliveries").query("limit", "1").query("offset", "1").expect(200);
    }

    private void waitsAndIsTriedAgain(String webhook, String delivery) {
        client.ask("listWaiting").id(webhook).expect(200);
        client.ask("retryDelivery").id(delivery).expect(202);
    }

    private void isNotSentAgain(String webhook, String delivery) {
        String test =
                client.ask("testWebhook").id(webhook).json("{}").expect(200).text("/delivery_id");
        assertThat(client.ask("retryDelivery").id(test).expect(409).problem()).isEqualTo("event-gone");
        client.ask("updateWebhook")
                .id(webhook)
                .json("{'events': ['call.failed'], 'status': 'active'}")
                .expect(200);
        assertThat(client.ask("retryDelivery").id(delivery).expect(409).problem())
                .isEqualTo("not-subscribed");
    }

    private void replays(String webhook) {
        Exchange job = client.ask("createReplay")
                .id(webhook)
                .json(client.example("createReplay", "failed"))
                .expect(202);
        client.ask("createReplay")
                .id(webhook)
                .json(client.example("createReplay", "missing"))
                .expect(202);
        client.ask("getReplay").id(job.id()).expect(200);
        client.ask("cancelReplay").id(job.id()).expect(200);
        client.ask("updateWebhook").id(webhook).json("{'status': 'inactive'}").expect(200);
        client.ask("createReplay")
                .id(webhook)
                .json(client.example("createReplay", "failed"))
                .expect(409);
    }
}
