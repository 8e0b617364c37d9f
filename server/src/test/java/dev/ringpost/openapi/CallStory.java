package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Calls are placed, reported on, listened to, stopped and erased. */
final class CallStory {
    private final DescribedClient client;
    private final DescribedReceiver receiver;

    CallStory(DescribedClient client, DescribedReceiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    void run() {
        String webhook = subscribeAll();
        reportedOn();
        scheduledWithItsOwnWebhook();
        web();
        manyAtOnce();
        events();
        client.ask("deleteWebhook").id(webhook).expect(204);
    }

    private String subscribeAll() {
        return client.ask("createWebhook")
                .json("{'url': '" + receiver.url("/all")
                        + "', 'max_body_bytes': 600, 'events': ['call.started', 'call.ended', 'call.analyzed',"
                        + " 'call.failed', 'call.recording.available', 'transcript.partial', 'transcript.final']}")
                .expect(201)
                .id();
    }

    private void reportedOn() {
        String id = client.ask("createCall")
                .json(client.example("createCall", "shortest"))
                .expect(201)
                .id();
        client.ask("getCall").id(id).expect(200);
        for (String example : List.of("connected", "transcript", "ended")) {
            report(id, example);
        }
        Exchange known = client.ask("setCallOutcome")
                .id(id)
                .json(client.example("setCallOutcome", "booked"))
                .expect(200);
        assertThat(known.text("/outcome")).isEqualTo("appointment_booked");
        for (String example : List.of("recording", "final", "analysis")) {
            report(id, example);
        }
        for (String event : List.of(
                "call.started",
                "transcript.partial",
                "call.ended",
                "call.recording.available",
                "transcript.final",
                "call.analyzed")) {
            receiver.awaitEvent("/all", event);
        }
        client.ask("reportOnCall")
                .id(id)
                .json("{'type': 'failed', 'reason': 'busy'}")
                .expect(409);
        client.ask("getCall").id(id).expect(200);
        client.ask("listCallEvents")
                .id(id)
                .query("event", "call.ended")
                .query("limit", "1")
                .expect(200);
        Exchange log = client.ask("listCallDeliveries")
                .id(id)
                .query("event", "call.ended")
                .query("cursor", "")
                .expect(200);
        client.ask("getDelivery").id(log.text("/items/0/delivery_id")).expect(200);
        client.ask("stopCall").id(id).expect(200);
        erase(id);
    }

    private Exchange report(String id, String example) {
        return client.ask("reportOnCall")
                .id(id)
                .json(client.example("reportOnCall", example))
                .expect(200);
    }

    private void erase(String id) {
        String running = client.ask("createWebCall")
                .json("{'agent_id': 'agent_7'}")
                .expect(201)
                .id();
        client.ask("setCallOutcome").id(running).json("{'outcome': null}").expect(409);
        report(running, "connected");
        client.ask("deleteCall").id(running).expect(409);
        client.ask("stopCall").id(running).json("{}").expect(200);
        client.ask("deleteCall").id(id).expect(204);
        client.ask("getCall").id(id).expect(404);
        assertThat(client.ask("reportOnCall")
                        .id(id)
                        .json("{'type': 'initiated'}")
                        .expect(404)
                        .problem())
                .isEqualTo("erased");
    }

    private void scheduledWithItsOwnWebhook() {
        JsonNode call = client.example("createCall", "webhook");
        ((ObjectNode) call).put("webhook_url", receiver.url("/call"));
        Exchange created = client.ask("createCall").json(call).expect(201);
        assertThat(client.ask("createCall").json(call).expect(409).problem()).isEqualTo("external-id-taken");
        client.ask("listWebhooks").query("kind", "call").expect(200);
        client.ask("listCalls")
                .query("external_id", created.text("/external_id"))
                .query("agent_id", "agent_7")
                .query("status", "queued")
                .query("since", "2026-01-01T00:00:00Z")
                .query("until", "2100-01-01T00:00:00+01:00")
                .expect(200);
        report(created.id(), "connected");
        report(created.id(), "ended");
        client.ask("stopCall").id(created.id()).expect(200);
        String endpoint =
                client.ask("listWebhooks").query("kind", "call").expect(200).text("/items/0/id");
        client.ask("rotateWebhookSecret").id(endpoint).expect(409);
    }

    private void web() {
        JsonNode call = client.example("createWebCall", "shortest");
        ((ObjectNode) call).put("external_id", "web-1");
        client.ask("createWebCall")
                .json(client.example("createWebCall", "shortest"))
                .expect(201);
        client.ask("createWebCall").json(call).expect(201);
        client.ask("createWebCall").json(call).expect(409);
        client.ask("listCalls").query("limit", "1").query("offset", "1").expect(200);
    }

    private void manyAtOnce() {
        for (String example : client.exampleNames("sendReports")) {
            client.ask("sendReports")
                    .json(client.example("sendReports", example))
                    .expect(200);
        }
        String call =
                "'call': {'agent_id': 'agent_7', 'type': 'inbound', 'from_number': null, 'to_number': 'anonymous'}";
        client.ask("sendReports")
                .json("[{'type': 'failed', 'reason': 'no_answer', 'external_id': 'r-1', " + call + "},"
                        + " {'type': 'ended', 'external_id': 'nobody'}]")
                .expect(200);
        receiver.awaitEvent("/all", "call.failed");
        JsonNode refused = client.ask("sendReports")
                .json("[{'type': 'analysis', 'external_id': 'r-1'}, 7]")
                .asNotDescribed()
                .expect(200)
                .json();
        assertThat(refused.at("/items/0/error/errors")).hasSize(2);
        client.ask("sendReports").json("[]").expect(200);
    }

    private void events() {
        Exchange events = client.ask("listEvents")
                .query("event", "call.ended")
                .query("limit", "1")
                .query("cursor", "")
                .expect(200);
        client.ask("getEvent").id(events.text("/items/0/id")).expect(200);
        client.ask("listEvents")
                .query("call_id", events.text("/items/0/call_id"))
                .query("offset", "0")
                .expect(200);
    }
}
