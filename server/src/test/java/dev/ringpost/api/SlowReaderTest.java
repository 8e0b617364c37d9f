package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.api.connection.ConnectionLimits;
import dev.ringpost.api.stream.StreamLimits;
import dev.ringpost.running.StreamClient;
import dev.ringpost.running.StreamClient.Message;
import dev.ringpost.store.ApiKey.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that does not read costs a bounded amount of memory, and finds everything once it reads. */
class SlowReaderTest {
    private static final int EVENTS = 20_000;
    private static final int READERS = 3;
    private static final long PORTION = 64 << 10;

    /** Room for so little that several readers must take turns. */
    @RegisterExtension
    static final ApiRig rig = new ApiRig(
            ApiSettings.defaults(),
            ConnectionLimits.standard(),
            new StreamLimits(100, 1000, Duration.ofMillis(500), Duration.ofMillis(5), 1 << 20));

    private final ApiClient api = rig.newAccount(Scope.FULL);

    private StreamClient open(String lastEventId) {
        return StreamClient.open(
                URI.create("http://127.0.0.1:" + rig.port),
                String.valueOf(api.key()),
                "/v1/events/stream?last_event_id=" + lastEventId,
                16 << 10);
    }

    /** As a client does: where it was silent for a minute it connects again. */
    private List<String> readAll(StreamClient first) {
        List<String> seen = new ArrayList<>();
        StreamClient stream = first;
        while (seen.size() < EVENTS) {
            Message message = stream.next();
            if (message == null) {
                stream.close();
                stream = open(seen.isEmpty() ? "" : seen.getLast());
            } else {
                seen.add(String.valueOf(message.id()));
            }
        }
        stream.close();
        return seen;
    }

    private List<String> connect(int from, int count) {
        String batch = IntStream.range(from, from + count)
                .mapToObj(i -> "{'type': 'connected', 'external_id': 'n" + i
                        + "', 'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': null, 'to_number': null}}")
                .collect(Collectors.joining(",", "[", "]"));
        List<String> ids = new ArrayList<>();
        api.post("/v1/reports", batch)
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> ids.add(item.at("/events/0").asText()));
        return ids;
    }

    @Test
    void whoDoesNotReadHoldsLittleAndMissesNothing() {
        List<StreamClient> deaf =
                IntStream.range(0, READERS).mapToObj(i -> open("")).toList();
        List<String> fired = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < EVENTS; i += 1000) {
            fired.addAll(connect(i, 1000));
            most = Math.max(most, rig.streamBytes());
        }
        assertThat(fired).hasSize(EVENTS).isSorted();
        // Each has the socket's queue full, and one portion more; what the operating system buffers is sent.
        assertThat(most).isPositive().isLessThan(READERS * 3 * PORTION);
        List<CompletableFuture<List<String>>> read = deaf.stream()
                .map(stream -> CompletableFuture.supplyAsync(() -> readAll(stream), Thread::startVirtualThread))
                .toList();
        for (CompletableFuture<List<String>> seen : read) {
            assertThat(seen.join()).containsExactlyElementsOf(fired);
        }
        await().until(() -> rig.openStreams() == 0);
        assertThat(rig.streamBytes()).as("given back").isZero();
    }

    @Test
    void manyDeafReadersShareWhatMemoryThereIs() {
        ApiClient other = rig.newAccount(Scope.FULL);
        connect(100_000, 1000);
        String from = "/v1/events/stream?since=2020-01-01T00:00:00Z";
        List<StreamClient> deaf = IntStream.range(0, 60)
                .mapToObj(i -> StreamClient.open(
                        URI.create("http://127.0.0.1:" + rig.port), String.valueOf(api.key()), from, 4096))
                .toList();
        for (StreamClient stream : deaf) {
            assertThat(rig.streamBytes()).isLessThanOrEqualTo(1 << 20);
            assertThat(stream.next(1)).hasSize(1);
        }
        // Whose clients read is not held up by those.
        StreamClient quick = StreamClient.open(
                URI.create("http://127.0.0.1:" + rig.port), String.valueOf(other.key()), "/v1/events/stream");
        other.post(
                        "/v1/reports",
                        "{'type': 'connected', 'external_id': 'o', 'call': {'agent_id': 'a', 'type': 'inbound',"
                                + " 'from_number': null, 'to_number': null}}")
                .expect(200);
        assertThat(quick.next(1)).hasSize(1);
        quick.close();
        for (StreamClient stream : deaf) {
            stream.next(999);
            stream.close();
        }
    }

    @Test
    void atTheEndNobodyWaitsForThem() throws Exception {
        ApiRig own = new ApiRig();
        ApiClient client = own.newAccount(Scope.FULL);
        StreamClient stream = StreamClient.open(
                URI.create("http://127.0.0.1:" + own.port), String.valueOf(client.key()), "/v1/events/stream", 4096);
        long begin = System.nanoTime();
        own.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(stream.next()).isNull();
        stream.close();
    }
}
