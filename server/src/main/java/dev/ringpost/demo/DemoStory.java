package dev.ringpost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.demo.Plan.PlannedCall;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the demo does: registers webhooks, places calls, waits until everything that must arrive has, and holds it against
 * the {@link Plan}. Prints nothing.
 */
public final class DemoStory {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ApiClient api;
    private final URI receiver;
    private final BlockingQueue<Arrival> arrivals;
    private final InstantSource clock;
    private final Listener listener;

    /**
     * @param receiver where the receiver is reached, without a path
     * @param arrivals what it gets
     */
    public DemoStory(
            ApiClient api, URI receiver, BlockingQueue<Arrival> arrivals, InstantSource clock, Listener listener) {
        this.api = api;
        this.receiver = receiver;
        this.arrivals = arrivals;
        this.clock = clock;
        this.listener = listener;
    }

    /** Is told what happens, as it happens, on the thread that tells the story. */
    public interface Listener {
        void webhookCreated(String path, String events);

        void callPlaced(String callId, String label, String about);

        void arrived(Arrival arrival);
    }

    /**
     * How it ended.
     *
     * @param faults everything that went wrong; empty: nothing
     * @param history the attempt log, newest first
     */
    public record Outcome(List<String> faults, List<HistoryRow> history) {}

    /**
     * Tells the story.
     *
     * @param patience how long everything may take
     * @throws DemoFailure where the API refuses something
     */
    public Outcome tell(Duration patience) throws InterruptedException {
        Instant deadline = clock.instant().plus(patience);
        createWebhooks();
        Map<String, String> labels = new HashMap<>();
        for (PlannedCall call : Plan.CALLS) {
            labels.put(place(call), call.label());
        }
        StoryCheck check = new StoryCheck(labels);
        List<Arrival> arrived = await(check, deadline);
        List<String> faults = new ArrayList<>(check.faults(arrived));
        if (!check.missing(arrived).isEmpty()) {
            faults.addFirst("not everything came within " + patience.toSeconds() + " s");
        }
        List<HistoryRow> history = awaitHistory(arrived, deadline.plusSeconds(2));
        for (Arrival arrival : arrived) {
            if (history.stream().noneMatch(row -> row.isOf(arrival))) {
                faults.add("GET /v1/deliveries has no row for %s of %s, attempt %d"
                        .formatted(arrival.event(), arrival.callId(), arrival.attempt()));
            }
        }
        return new Outcome(List.copyOf(faults), history);
    }

    private void createWebhooks() {
        ObjectNode everything = webhook("everything", Plan.HOOKS);
        Plan.ALL_EVENTS.forEach(everything.putArray("events")::add);
        api.post("/v1/webhooks", everything);
        listener.webhookCreated(Plan.HOOKS, "all seven events");

        ObjectNode flaky = webhook("fails twice", Plan.FLAKY);
        flaky.putArray("events").add("call.ended");
        flaky.putArray("agent_ids").add(Plan.FLAKY_AGENT);
        flaky.putArray("retry_schedule").add(1).add(1).add(1);
        api.post("/v1/webhooks", flaky);
        listener.webhookCreated(
                Plan.FLAKY, "call.ended of " + Plan.FLAKY_AGENT + ", answers 500 twice, is retried after 1 s");
    }

    private ObjectNode webhook(String name, String path) {
        return JSON.objectNode().put("name", name).put("url", url(path));
    }

    private String place(PlannedCall planned) {
        ObjectNode call = JSON.objectNode()
                .put("agent_id", planned.agent())
                .put("to_number", "+4930555010")
                .put("from_number", "+4930555020");
        call.putObject("metadata").put("scenario", planned.scenario());
        if (planned.ownPath() != null) {
            call.put("webhook_url", url(planned.ownPath()));
        }
        String id = api.post("/v1/calls", call).path("id").asText();
        listener.callPlaced(id, planned.label(), planned.about());
        return id;
    }

    private List<Arrival> await(StoryCheck check, Instant deadline) throws InterruptedException {
        List<Arrival> arrived = new ArrayList<>();
        while (!check.missing(arrived).isEmpty()) {
            long left = Duration.between(clock.instant(), deadline).toMillis();
            Arrival arrival = arrivals.poll(Math.max(0, left), TimeUnit.MILLISECONDS);
            if (arrival == null) {
                break;
            }
            listener.arrived(arrival);
            arrived.add(arrival);
        }
        return arrived;
    }

    /** A receiver has its request before the server has noted the answer: so look again until it has. */
    private List<HistoryRow> awaitHistory(List<Arrival> arrived, Instant deadline) throws InterruptedException {
        while (true) {
            List<HistoryRow> history = history();
            boolean complete =
                    arrived.stream().allMatch(arrival -> history.stream().anyMatch(row -> row.isOf(arrival)));
            if (complete || clock.instant().isAfter(deadline)) {
                return history;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private List<HistoryRow> history() {
        List<HistoryRow> rows = new ArrayList<>();
        for (JsonNode row : api.get("/v1/deliveries?limit=200").path("items")) {
            rows.add(HistoryRow.of(row));
        }
        return List.copyOf(rows);
    }

    private String url(String path) {
        return receiver.resolve(path).toString();
    }
}
