package dev.ringpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;

/** A call that a test reports about. Bodies may have single quotes for double ones. */
record ReportedCall(ApiClient api, String id) {
    static ReportedCall outbound(ApiClient api) {
        return outbound(api, "");
    }

    /** @param more fields, such as {@code , 'external_id': 'x'} */
    static ReportedCall outbound(ApiClient api, String more) {
        String body = "{'agent_id': 'a', 'to_number': '+4930555010', 'from_number': '+4930555020'" + more + "}";
        return new ReportedCall(api, api.post("/v1/calls", body).expect(201).text("/id"));
    }

    Answer report(String body) {
        return api.post("/v1/calls/" + id + "/reports", body);
    }

    /** A report that is taken; the types of what it fired, in order. */
    List<String> fires(String body) {
        List<String> types = new ArrayList<>();
        for (JsonNode event : report(body).expect(200).json().get("events")) {
            types.add(api.get("/v1/events/" + event.asText()).expect(200).text("/event"));
        }
        return types;
    }

    Answer get() {
        return api.get("/v1/calls/" + id).expect(200);
    }

    Answer stop() {
        return api.post("/v1/calls/" + id + "/stop").expect(200);
    }

    /** The payloads of all that it fired, in order. */
    List<JsonNode> payloads() {
        List<JsonNode> payloads = new ArrayList<>();
        api.get("/v1/calls/" + id + "/events?limit=200")
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> payloads.addFirst(item.get("payload")));
        return payloads;
    }

    /** The types of all that it fired, in order. */
    List<String> events() {
        return payloads().stream().map(payload -> payload.get("event").asText()).toList();
    }

    /** What the last of its events of this type carried. */
    JsonNode payload(String type) {
        return payloads().reversed().stream()
                .filter(payload -> payload.get("event").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
