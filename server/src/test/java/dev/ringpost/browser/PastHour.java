package dev.ringpost.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.cli.LiveServer;
import dev.ringpost.running.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server that has an hour behind it, which takes seconds: its clock goes from an hour ago to now. One of its webhooks
 * did well, one had an outage that is over, and one is failing.
 */
final class PastHour implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MINUTES = 60;
    private static final int OUTAGE_BEGINS = 17;
    private static final int OUTAGE_ENDS = 22;
    private static final int BREAKS = 47;

    private final Hook booking = new Hook();
    private final Hook analytics = new Hook();
    private final Hook crm = new Hook();
    private final LiveServer server;
    private final String failing;
    private volatile Duration passed = Duration.ZERO;
    private String lastCall = "";
    /** Each report of a call made one. */
    private long events;

    PastHour(Path folder) {
        server = new LiveServer(folder, this::now, () -> System.nanoTime() + passed.toNanos());
        booking.answer(200, Map.of("content-type", "application/json"), "{\"received\": true}");
        webhook(
                "Booking service",
                booking.url("/ringpost"),
                List.of("call.started", "call.ended", "call.analyzed", "transcript.final"));
        webhook("Analytics", analytics.url("/events"), List.of("call.started", "call.ended"));
        failing = webhook("CRM", crm.url("/hooks/calls"), List.of("call.ended", "call.analyzed"));
        for (int minute = 1; minute <= MINUTES; minute++) {
            passed = Duration.ofMinutes(minute);
            live(minute);
        }
        // Numbers are stored every few seconds.
        await().atMost(PATIENCE).until(() -> counted() == events);
    }

    private long counted() {
        return Api.json(api().get("/v1/stats")).at("/totals/events").asLong();
    }

    private void live(int minute) {
        boolean outage = minute >= OUTAGE_BEGINS && minute < OUTAGE_ENDS;
        analytics.answer(outage ? 503 : 200, outage ? "deploying" : "ok");
        boolean broken = minute >= BREAKS;
        crm.answer(
                broken ? 500 : 200,
                Map.of("content-type", "application/json"),
                broken ? "{\"error\": \"relation \\\"contacts\\\" does not exist\", \"trace\": \"9f3c21\"}" : "{}");
        int calls = 4 + (int) Math.round(2.5 * Math.sin(minute / 7.0)) + minute % 3;
        int wanted = booking.received().size() + 4 * calls;
        List<Map<String, Object>> reports = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            reports.addAll(told(Calls.conversation("order-%d".formatted(10_000 + minute * 10 + call))));
        }
        lastCall = Calls.send(api(), reports);
        events += reports.size();
        await().atMost(PATIENCE).until(() -> booking.received().size() >= wanted);
    }

    /** The same as it was seen while the call went on, which lasted 74 s. */
    private List<Map<String, Object>> told(List<Map<String, Object>> reports) {
        Instant end = now();
        for (Map<String, Object> report : reports) {
            switch (String.valueOf(report.get("type"))) {
                case "connected" -> report.put("at", end.minusSeconds(74).toString());
                case "ended" -> report.put("at", end.toString());
                default -> {}
            }
        }
        return reports;
    }

    private Instant now() {
        return Instant.now().minus(Duration.ofMinutes(MINUTES)).plus(passed);
    }

    private String webhook(String name, String url, List<String> events) {
        return api().done("/v1/webhooks", Json.object("name", name, "url", url, "events", events))
                .path("id")
                .asText();
    }

    Api api() {
        return server.api();
    }

    String key() {
        return LiveServer.KEY;
    }

    /** The path of the webhook that fails. */
    String failingWebhook() {
        return "/webhooks/" + failing;
    }

    /** The path of the delivery that it failed most often, which so waits longest for its next attempt. */
    String failedDelivery() {
        JsonNode rows = Api.json(api().get("/v1/webhooks/" + failing + "/deliveries?status=failed&limit=200"));
        JsonNode most = rows.at("/items/0");
        for (JsonNode row : rows.at("/items")) {
            most = row.path("attempt").asInt() > most.path("attempt").asInt() ? row : most;
        }
        return "/deliveries/" + most.path("delivery_id").asText();
    }

    /** The path of the call that was the last. */
    String call() {
        return "/calls/" + lastCall;
    }

    @Override
    public void close() {
        server.close();
        booking.close();
        analytics.close();
        crm.close();
    }
}
