package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Reports of new calls that have connected: each fires one event. */
final class Calls {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Calls() {}

    /** @param name begins their external ids, so that they are new */
    static HttpResponse<String> connect(ServerProcess server, String name, int count)
            throws IOException, InterruptedException {
        List<String> reports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reports.add("{\"type\": \"connected\", \"external_id\": \"" + name + "-" + i
                    + "\", \"call\": {\"agent_id\": \"a\", \"type\": \"inbound\", \"from_number\": null,"
                    + " \"to_number\": null}}");
        }
        return server.post("/v1/reports", "[" + String.join(",", reports) + "]");
    }

    /** The ids of the events that an answer acknowledges. */
    static List<String> events(HttpResponse<String> answer) throws IOException {
        List<String> events = new ArrayList<>();
        for (JsonNode item : JSON.readTree(Hooks.expect(200, answer).body()).get("items")) {
            item.get("events").forEach(event -> events.add(event.asText()));
        }
        return events;
    }

    /** Registers a webhook for {@code call.started}. Returns its path. */
    static String webhook(ServerProcess server, String url, String options) throws IOException, InterruptedException {
        String json = "{\"url\": \"" + url + "\", \"events\": [\"call.started\"]" + options + "}";
        return "/v1/webhooks/"
                + JSON.readTree(Hooks.expect(201, server.post("/v1/webhooks", json))
                                .body())
                        .get("id")
                        .asText();
    }
}
