package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The webhooks of a run: one as they usually are, one that wants strict order, and one that is paused and changed. */
final class Hooks {
    static final String STEADY = "steady";
    static final String STRICT = "strict";
    static final String MOODY = "moody";
    static final List<String> ALL = List.of(STEADY, STRICT, MOODY);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPEATED_LOOKS = 10;

    private final Promises promises;
    private final Receiver receiver;
    /** By name. */
    private final Map<String, String> ids;

    private State moody = State.ACTIVE;
    private long since = System.nanoTime();

    private enum State {
        ACTIVE,
        INACTIVE,
        /** Asked for a change, and got no answer. */
        UNKNOWN
    }

    private Hooks(Promises promises, Receiver receiver, Map<String, String> ids) {
        this.promises = promises;
        this.receiver = receiver;
        this.ids = ids;
    }

    static Hooks create(ServerProcess server, Promises promises, Receiver receiver) throws Exception {
        return new Hooks(
                promises,
                receiver,
                Map.of(
                        STEADY, create(server, receiver.url("/" + STEADY), "call"),
                        STRICT, create(server, receiver.url("/" + STRICT), "strict_call"),
                        MOODY, create(server, receiver.url("/" + MOODY), "call")));
    }

    String id(String name) {
        return ids.getOrDefault(name, "");
    }

    /** Pauses the moody one, lets it go on, or changes it. */
    void change(ServerProcess server, SplittableRandom random) throws IOException, InterruptedException {
        for (int i = random.nextInt(REPEATED_LOOKS); i >= 0; i--) {
            expect(200, server.get("/v1/webhooks/" + id(MOODY) + "/waiting?limit=1"));
        }
        switch (random.nextInt(4)) {
            case 0 -> become(State.INACTIVE, server);
            case 1 -> patch(server, "{\"url\": \"" + receiver.url("/" + MOODY + "/" + random.nextInt(3)) + "\"}");
            case 2 -> patch(server, "{\"max_in_flight\": " + (1 + random.nextInt(32)) + "}");
            default -> become(State.ACTIVE, server);
        }
    }

    void activate(ServerProcess server) throws IOException, InterruptedException {
        become(State.ACTIVE, server);
        end(System.nanoTime());
    }

    private void become(State next, ServerProcess server) throws IOException, InterruptedException {
        end(System.nanoTime());
        moody = State.UNKNOWN;
        patch(server, "{\"status\": \"" + (next == State.ACTIVE ? "active" : "inactive") + "\"}");
        moody = next;
        since = System.nanoTime();
    }

    private void end(long now) {
        switch (moody) {
            case ACTIVE -> promises.wasActive(since, now);
            case INACTIVE -> promises.wasPaused(since, now);
            case UNKNOWN -> {}
        }
        since = now;
    }

    private void patch(ServerProcess server, String json) throws IOException, InterruptedException {
        expect(200, server.send("PATCH", "/v1/webhooks/" + id(MOODY), json));
    }

    private static String create(ServerProcess server, String url, String ordering) throws Exception {
        String json = "{\"url\": \"" + url + "\", \"ordering\": \"" + ordering
                + "\", \"retry_schedule\": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], \"events\":"
                + " [\"call.started\", \"call.ended\", \"transcript.final\"]}";
        JsonNode created =
                JSON.readTree(expect(201, server.post("/v1/webhooks", json)).body());
        return created.get("id").asText();
    }

    static HttpResponse<String> expect(int status, HttpResponse<String> response) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(
                    response.request().uri() + " answered " + response.statusCode() + " " + response.body());
        }
        return response;
    }
}
