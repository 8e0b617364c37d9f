package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or can't be written, under a server at work: nothing is lost, and nobody has to do anything but make room. */
@SuppressWarnings("NullAway.Init") // set before each test
class DiskFullIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int BACKLOG = 3000;
    /** Results that a shard may have without a record, and as many attempts as may be in flight to the one webhook. */
    private static final int UNRECORDED = 2048 + 32;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private Receiver receiver;
    private ServerProcess server;
    private Path data;
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        data = folder.resolve("data");
        disk = SmallDisk.mount(data, 64);
        receiver = Receiver.reliable();
        server = ServerProcess.start(data);
        Calls.webhook(server, receiver.url("/held"), ", \"timeout_seconds\": 30");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.discard();
            receiver.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aFullDiskIsToldAndItGoesOnByItselfOnceThereIsRoom() throws Exception {
        acknowledgeBacklog();
        fillDisk();
        assertNothingIsTaken("The disk of the data folder is full: free some space.");
        receiver.letGo();
        awaitNoMoreAttempts();
        System.out.println("attempts without a record: " + receiver.count());
        assertThat(receiver.count()).isBetween(1, UNRECORDED);
        assertToldOnce();

        disk.free();
        assertEverythingArrivesOnce();
        assertThat(server.printed())
                .filteredOn(line -> line.contains("Batches are committed again"))
                .hasSize(1);
    }

    @Test
    void killedOnAFullDiskItStartsOnceThereIsRoom() throws Exception {
        acknowledgeBacklog();
        fillDisk();
        receiver.letGo();
        awaitNoMoreAttempts();
        server.kill();
        assertStartIsRefused("The disk of the data folder is full: free some space.");

        int before = receiver.count();
        disk.free();
        server = ServerProcess.start(data);
        awaitArrivals();
        assertThat(receiver.count() - acknowledged.size()).isLessThanOrEqualTo(Math.min(before, UNRECORDED));
        assertThat(server.stop()).isZero();
        DatabaseFile.assertIntact(data);
    }

    @Test
    void aReadOnlyDiskStopsTheStart() throws Exception {
        server.stop();
        disk.becomeReadOnly();
        assertStartIsRefused("Read-only file system. Check its permissions, and the space and the mount of its disk.");
        disk.becomeWritable();
        server = ServerProcess.start(data);
    }

    /** As after a remount by the system, which a test can't force on files that are open: each write fails with EROFS. */
    @Test
    void aDiskThatBecomesReadOnlyIsToldAndItGoesOnByItselfOnceItIsWritable() throws Exception {
        Strace.require();
        acknowledgeBacklog();
        try (Strace _ = Strace.attach(
                server.pid(),
                folder,
                "-P",
                data.resolve("ringpost.db").toString(),
                "-P",
                data.resolve("ringpost.db-wal").toString(),
                "-e",
                "trace=pwrite64,ftruncate",
                "-e",
                "inject=pwrite64,ftruncate:error=EROFS")) {
            assertNothingIsTaken("remounted read-only: see the system's log (dmesg).");
            assertToldOnce();
        }
        receiver.letGo();
        assertEverythingArrivesOnce();
    }

    private void acknowledgeBacklog() throws Exception {
        for (int i = 0; i < BACKLOG / 500; i++) {
            acknowledged.addAll(Calls.events(Calls.connect(server, "before-" + i, 500)));
        }
        await().atMost(PATIENCE).until(() -> receiver.count() > 0);
    }

    /** What the files of the database have room for inside is taken still. */
    private void fillDisk() throws Exception {
        disk.fill();
        for (int size : List.of(50, 1)) {
            HttpResponse<String> answer = Calls.connect(server, size + "-0", size);
            for (int i = 1; answer.statusCode() == 200; i++) {
                acknowledged.addAll(Calls.events(answer));
                answer = Calls.connect(server, size + "-" + i, size);
            }
            assertThat(answer.statusCode()).isEqualTo(503);
        }
        await().atMost(PATIENCE).until(() -> server.get("/readyz").statusCode() == 503);
    }

    private void assertNothingIsTaken(String advice) throws Exception {
        for (int i = 0; i < 20; i++) {
            assertRefused(Calls.connect(server, "meanwhile-" + i, 50), advice);
        }
        assertRefused(server.post("/v1/calls/web", "{\"agent_id\": \"b\"}", "idempotency-key", "once"), advice);
        // It tries a write once a second at most, and may have tried one just before.
        await().atMost(PATIENCE).until(() -> server.get("/readyz").statusCode() == 503);
        assertThat(JSON.readTree(server.get("/readyz").body()).get("detail").asText())
                .startsWith("The database takes no writes; look at its disk and at the log: ")
                .endsWith(advice);
        for (String read : List.of("/healthz", "/metrics", "/v1/calls?limit=1", "/v1/events?limit=1")) {
            Hooks.expect(200, server.get(read));
        }
        assertThat(server.get("/metrics").body())
                .contains("ringpost_ready 0.0")
                .doesNotContain("ringpost_commit_failures_total 0.0");
    }

    private static void assertRefused(HttpResponse<String> answer, String advice) throws IOException {
        JsonNode problem = JSON.readTree(Hooks.expect(503, answer).body());
        assertThat(problem.get("type").asText()).isEqualTo("https://ringpost.dev/problems/store-unavailable");
        assertThat(problem.get("detail").asText())
                .startsWith("Nothing of this request was stored: ")
                .endsWith(advice);
        assertThat(answer.headers().firstValue("retry-after")).contains("5");
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    /** However many requests and results failed: at most once by each part that writes. */
    private void assertToldOnce() throws IOException {
        assertThat(server.printed())
                .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .extracting(line -> line.split(" ", 4)[2])
                .contains("GroupCommit:")
                .doesNotHaveDuplicates();
    }

    private void awaitNoMoreAttempts() {
        int[] last = {-1};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1500)).until(() -> {
            boolean still = receiver.count() == last[0];
            last[0] = receiver.count();
            return still;
        });
    }

    private void assertEverythingArrivesOnce() throws Exception {
        server.awaitReady();
        awaitArrivals();
        await().atMost(PATIENCE).until(() -> {
            Hooks.expect(200, server.get("/readyz"));
            return server.printed().toString().contains("Batches are committed again");
        });
        assertThat(receiver.count()).isEqualTo(acknowledged.size());
        await().atMost(PATIENCE).untilAsserted(() -> {
            DeliveryLog log = DeliveryLog.read(server);
            assertThat(log.rows()).isEqualTo(acknowledged.size());
            assertThat(log.faults()).isEmpty();
        });
        // What was refused did not happen, and is taken now.
        Hooks.expect(201, server.post("/v1/calls/web", "{\"agent_id\": \"b\"}", "idempotency-key", "once"));
        assertThat(JSON.readTree(server.get("/v1/calls?agent_id=b").body())
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(JSON.readTree(server.get("/v1/calls?limit=1").body())
                        .get("total")
                        .asInt())
                .isEqualTo(acknowledged.size() + 1);
        assertThat(server.stop()).isZero();
        DatabaseFile.assertIntact(data);
    }

    private void awaitArrivals() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(acknowledged).allMatch(event -> receiver.hasAccepted("held", event)));
    }

    private void assertStartIsRefused(String why) throws Exception {
        ServerProcess refused = ServerProcess.launch(data);
        assertThat(refused.endsWithin(PATIENCE)).isTrue();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.printed())
                .singleElement()
                .asString()
                .startsWith("ringpost: ")
                .endsWith(why);
    }
}
