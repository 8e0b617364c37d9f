package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The account's whole log, as {@code GET /v1/deliveries} shows it. */
final class DeliveryLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Delivery, List<Row>> deliveries = new HashMap<>();

    private record Delivery(String webhook, String event) {}

    private record Row(int attempt, String status, boolean isFinal) {}

    private DeliveryLog() {}

    static DeliveryLog read(ServerProcess server) throws IOException, InterruptedException {
        DeliveryLog log = new DeliveryLog();
        String cursor = "";
        boolean more = true;
        while (more) {
            JsonNode page = JSON.readTree(Hooks.expect(200, server.get("/v1/deliveries?limit=200&cursor=" + cursor))
                    .body());
            page.get("items").forEach(log::add);
            more = page.get("has_more").asBoolean();
            cursor = page.path("next_cursor").asText();
        }
        log.deliveries.values().forEach(rows -> rows.sort(Comparator.comparingInt(Row::attempt)));
        return log;
    }

    /** Whether the delivery of the event to the webhook succeeded, once, at its last attempt. */
    boolean hasOneSuccess(String webhook, String event) {
        List<Row> rows = deliveries.getOrDefault(new Delivery(webhook, event), List.of());
        return rows.stream().filter(row -> row.status().equals("succeeded")).count() == 1
                && rows.getLast().status().equals("succeeded");
    }

    /** Deliveries whose attempts are not numbered from 1 on, or which did not end with their last row and only with it. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        deliveries.forEach((delivery, rows) -> {
            for (int i = 0; i < rows.size(); i++) {
                boolean last = i == rows.size() - 1;
                // A cancelled delivery ends with a row that counts no attempt of its own.
                boolean numbered =
                        rows.get(i).attempt() == i + 1 || !rows.get(i).status().matches("succeeded|failed");
                if (!numbered || rows.get(i).isFinal() != last) {
                    faults.add(delivery + " " + rows);
                    return;
                }
            }
        });
        return faults;
    }

    int rows() {
        return deliveries.values().stream().mapToInt(List::size).sum();
    }

    private void add(JsonNode row) {
        if (row.get("event_id").isNull() || row.get("call_id").isNull()) {
            return;
        }
        deliveries
                .computeIfAbsent(
                        new Delivery(
                                row.get("webhook_id").asText(),
                                row.get("event_id").asText()),
                        delivery -> new ArrayList<>())
                .add(new Row(
                        row.get("attempt").asInt(),
                        row.get("status").asText(),
                        row.get("final").asBoolean()));
    }
}
