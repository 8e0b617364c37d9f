package dev.ringpost.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose machine's clock is set while it runs, and one that is stopped and goes on. The clock is libfaketime's
 * (Debian's package {@code libfaketime}, which {@code .ci/run} installs): the time that passes stays the real one.
 */
@EnabledOnOs(OS.LINUX)
class SetClockIT {
    private static final String KEY = "rp_sk_clockclockclockclockclockclockclock";
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private static final String[] OPTIONS = {
        "--bootstrap-key", KEY, "--allow-private-targets", "--analysis-wait", "3s", "--host", "127.0.0.1"
    };

    @TempDir
    Path folder;

    private final LocalEndpoint endpoint = new LocalEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+3600", "-3600"})
    void aClockThatIsSetNeitherLosesNorHastensNorStalls(String jump) throws IOException {
        Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
        Map<String, String> faked = Map.of(
                "LD_PRELOAD", FAKETIME.toString(),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
        try (RingpostProcess server = RingpostProcess.start(folder, faked, OPTIONS)) {
            Api api = new Api(server.url(), KEY);
            api.done("/v1/webhooks", webhook("/204", "[3600]"));
            api.done("/v1/webhooks", webhook("/500", "[3, 3600]"));
            report(api, "before", "connected");
            await().until(() -> endpoint.received("/500").size() == 1);
            report(api, "waits", "ended");
            await().until(() -> endpoint.received("/500").size() == 2);
            long began = System.nanoTime();

            Files.writeString(clock, jump + "\n");
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> endpoint.received("/500").size() >= 4);

            // Both first retries after 3 s with their jitter, and call.ended after its wait of 3 s: not now, not in an
            // hour.
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1200), Duration.ofSeconds(12));
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> endpoint.received("/204").stream()
                            .anyMatch(request -> request.body().contains("call.ended")));
            assertSignedNow(api, jump);
            assertNoMoreThanTheSchedule();
        }
    }

    /** What a receiver compares with its own clock is the machine's time, and events are in order. */
    private void assertSignedNow(Api api, String jump) {
        report(api, "after", "connected");
        await().until(() -> endpoint.received("/204").stream()
                .anyMatch(request -> request.body().contains("\"external_id\":\"after\"")));
        Instant machine = Instant.now().plusSeconds(Long.parseLong(jump));
        LocalEndpoint.Received last = endpoint.received("/204").getLast();
        assertThat(Instant.ofEpochSecond(Long.parseLong(last.timestamp())))
                .isBetween(machine.minusSeconds(20), machine.plusSeconds(5));
        JsonNode events = Api.json(api.get("/v1/events?cursor=")).path("items");
        List<String> created =
                events.findValuesAsText("created_at").stream().distinct().toList();
        assertThat(created).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    private void assertNoMoreThanTheSchedule() {
        // Of each event one attempt and one retry; the next retry is an hour away.
        Map<String, Long> attempts = endpoint.received("/500").stream()
                .collect(Collectors.groupingBy(LocalEndpoint.Received::body, Collectors.counting()));
        assertThat(attempts.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2));
    }

    @Test
    void aProcessThatWasStoppedGoesOn() throws Exception {
        try (RingpostProcess server = RingpostProcess.start(folder, Map.of(), OPTIONS)) {
            Api api = new Api(server.url(), KEY);
            api.done("/v1/webhooks", webhook("/204", "[3600]"));
            api.done("/v1/webhooks", webhook("/500", "[2, 2, 3600]"));
            for (int i = 0; i < 4; i++) {
                report(api, "c" + i, "connected");
            }
            await().until(() -> endpoint.received("/500").size() == 4);

            server.signal("STOP");
            Instant until = Instant.now().plus(8, ChronoUnit.SECONDS);
            await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(until));
            server.signal("CONT");

            // Each goes on with the one retry that became due, and waits 2 s for the one after it.
            await().until(() -> endpoint.received("/500").size() >= 8);
            assertThat(endpoint.received("/500").size()).isLessThanOrEqualTo(9);
            report(api, "after", "connected");
            await().until(() -> endpoint.received("/204").size() == 5);
            assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    private String webhook(String path, String schedule) {
        return "{'url':'" + endpoint.url(path) + "','events':['call.started','call.ended'],'ordering':'none',"
                + "'retry_schedule':" + schedule + "}";
    }

    private static void report(Api api, String call, String type) {
        String report = "{'type':'" + type + "','external_id':'" + call + "','call':{'agent_id':'a','type':'inbound',"
                + "'from_number':'+493055501','to_number':'+493055502'}}";
        api.done("/v1/reports", report);
    }
}
