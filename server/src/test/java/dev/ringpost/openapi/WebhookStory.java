package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.call.EventType;

/** Webhooks are registered, tried out, changed and removed. */
final class WebhookStory {
    private final DescribedClient client;
    private final DescribedReceiver receiver;

    WebhookStory(DescribedClient client, DescribedReceiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    void run() {
        String plain = create(client.example("createWebhook", "shortest"));
        String full = create(client.example("createWebhook", "options"));
        read(full);
        tryOut(plain);
        change(full);
        secrets(plain);
        publicKeys();
        pages();
        client.ask("deleteWebhook").id(full).expect(204);
        client.ask("getWebhook").id(full).expect(404);
        reachTheLimit();
    }

    private String create(JsonNode example) {
        ((ObjectNode) example).put("url", receiver.url("/webhooks"));
        Exchange created = client.ask("createWebhook").json(example).expect(201);
        assertThat(created.text("/secret")).startsWith("whsec_");
        return created.id();
    }

    private void read(String id) {
        Exchange read = client.ask("getWebhook").id(id).expect(200);
        assertThat(read.json().has("secret")).isFalse();
    }

    private void tryOut(String id) {
        client.ask("testWebhook").id(id).expect(200);
        client.ask("testWebhook")
                .id(id)
                .json(client.example("testWebhook", "chosen"))
                .expect(200);
        for (EventType type : EventType.OF_CALLS) {
            client.ask("testWebhook")
                    .id(id)
                    .json("{'event': '" + type.wireName() + "'}")
                    .expect(200);
            JsonNode event = receiver.awaitEvent("/webhooks", type.wireName());
            assertThat(event.path("test").asBoolean()).isTrue();
        }
        client.ask("listWebhookDeliveries")
                .id(id)
                .query("limit", "1")
                .query("cursor", "")
                .expect(200);
    }

    private void change(String id) {
        client.ask("updateWebhook")
                .id(id)
                .json(client.example("updateWebhook", "pause"))
                .expect(200);
        client.ask("listWebhooks")
                .query("status", "inactive")
                .query("kind", "account")
                .expect(200);
        JsonNode move = client.example("updateWebhook", "move");
        ((ObjectNode) move).put("url", receiver.url("/v2"));
        Exchange moved = client.ask("updateWebhook").id(id).json(move).expect(200);
        assertThat(moved.json().path("rate_limit").isNull()).isTrue();
        client.ask("updateWebhook")
                .id(id)
                .json("{'status': 'active', 'agent_ids': null, 'headers': {}}")
                .expect(200);
    }

    private void secrets(String id) {
        client.ask("getWebhookSecret").id(id).expect(200);
        client.ask("rotateWebhookSecret").id(id).expect(200);
        for (String example : client.exampleNames("rotateWebhookSecret")) {
            client.ask("rotateWebhookSecret")
                    .id(id)
                    .json(client.example("rotateWebhookSecret", example))
                    .expect(200);
        }
        client.ask("getSigningSecret").expect(200);
        client.ask("rotateSigningSecret")
                .json(client.example("rotateSigningSecret", "hour"))
                .expect(200);
    }

    private void publicKeys() {
        Exchange created = client.ask("createWebhook")
                .json("{'url': '" + receiver.url("/v1a") + "', 'events': ['call.ended'], 'signature': 'v1a'}")
                .expect(201);
        assertThat(created.text("/public_key")).startsWith("whpk_");
        client.ask("getWebhookSecret").id(created.id()).expect(200);
        client.ask("rotateWebhookSecret").id(created.id()).expect(200);
        client.ask("testWebhook").id(created.id()).expect(200);
        client.ask("deleteWebhook").id(created.id()).expect(204);
    }

    private void pages() {
        client.ask("listWebhooks").query("limit", "1").query("offset", "1").expect(200);
        Exchange first = client.ask("listWebhooks")
                .query("limit", "1")
                .query("cursor", "")
                .expect(200);
        client.ask("listWebhooks")
                .query("limit", "1")
                .query("cursor", first.text("/next_cursor"))
                .expect(200);
    }

    private void reachTheLimit() {
        String account = client.ask("createAccount")
                .json("{'name': 'Many webhooks'}")
                .expect(201)
                .id();
        JsonNode webhook = client.example("createWebhook", "shortest");
        int most = 40;
        for (int i = 0; i < most; i++) {
            client.ask("createWebhook")
                    .header("ringpost-account", account)
                    .json(webhook)
                    .expect(201);
        }
        client.ask("createWebhook")
                .header("ringpost-account", account)
                .json(webhook)
                .expect(409);
        client.ask("deleteAccount").id(account).expect(204);
    }
}
