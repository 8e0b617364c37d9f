package dev.ringpost.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People and programs at work on one server until it is gone: call engines report calls, somebody erases calls, and
 * somebody pauses and changes a webhook.
 */
final class Load {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPORTERS = 6;
    private static final String[] REPORTS = {
        "{\"type\": \"connected\", ",
        "{\"type\": \"ended\", \"outcome\": null, ",
        "{\"type\": \"transcript\", \"final\": true, \"messages\": [], "
    };

    private final ServerProcess server;
    private final Promises promises;
    private final String name;
    private final Queue<String> overCalls = new ConcurrentLinkedQueue<>();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean gone;

    private Load(ServerProcess server, Promises promises, String name) {
        this.server = server;
        this.promises = promises;
        this.name = name;
    }

    /** @param name of this load alone: its calls are named after it */
    static Load on(ServerProcess server, Promises promises, Hooks hooks, String name, SplittableRandom random) {
        Load load = new Load(server, promises, name);
        for (int i = 0; i < REPORTERS; i++) {
            int reporter = i;
            SplittableRandom own = random.split();
            load.forAsLongAsItLives(call -> load.report(reporter + "-" + call, own));
        }
        SplittableRandom erasing = random.split();
        load.forAsLongAsItLives(turn -> load.erase(erasing));
        SplittableRandom pausing = random.split();
        load.forAsLongAsItLives(turn -> hooks.change(server, pausing));
        return load;
    }

    /** The longest that a report waited for its answer so far, in nanoseconds. */
    long slowestAnswer() {
        return slowest.get();
    }

    /** The server was killed. Fails where it had answered what it should not. */
    void serverIsGone() throws InterruptedException {
        gone = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("The server answered wrongly", faults.peek());
        }
    }

    /** Work that is done again and again until it gets no answer. */
    @FunctionalInterface
    private interface Work {
        void turn(int turn) throws IOException, InterruptedException;
    }

    private void forAsLongAsItLives(Work work) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                for (int turn = 0; !gone; turn++) {
                    work.turn(turn);
                }
            } catch (IOException e) {
                // The server was killed.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                faults.add(e);
            }
        }));
    }

    /** A whole call: all in one request, or one after the other. */
    private void report(String call, SplittableRandom random) throws IOException, InterruptedException {
        String named = "\"external_id\": \"" + name + "-" + call + "\", \"call\": {\"agent_id\": \"a\","
                + " \"type\": \"inbound\", \"from_number\": null, \"to_number\": null}}";
        if (random.nextBoolean()) {
            overCalls.add(send("[" + String.join(named + ", ", REPORTS) + named + "]"));
        } else {
            String id = "";
            for (String report : REPORTS) {
                id = send("[" + report + named + "]");
            }
            overCalls.add(id);
        }
    }

    /** Returns the call. */
    private String send(String reports) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<String> response = server.post("/v1/reports", reports);
        long answered = System.nanoTime();
        slowest.accumulateAndGet(answered - asked, Math::max);
        JsonNode items = JSON.readTree(Hooks.expect(200, response).body()).get("items");
        for (JsonNode item : items) {
            for (JsonNode event : item.get("events")) {
                promises.fired(
                        new Promises.Fired(event.asText(), item.get("call_id").asText(), asked, answered));
            }
        }
        return items.get(0).get("call_id").asText();
    }

    private void erase(SplittableRandom random) throws IOException, InterruptedException {
        String call = overCalls.poll();
        if (call == null || random.nextInt(20) != 0) {
            Hooks.expect(200, server.get("/v1/calls?limit=1"));
            return;
        }
        promises.erasing(call);
        Hooks.expect(204, server.send("DELETE", "/v1/calls/" + call, ""));
        promises.erased(call);
    }
}
