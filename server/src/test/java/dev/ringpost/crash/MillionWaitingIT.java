package dev.ringpost.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon a server is ready again that was killed with a million deliveries waiting, and beside it one that has nothing.
 * Prints figures, asserts none.
 */
@Tag("soak")
class MillionWaitingIT {
    private static final int REPORTS_A_REQUEST = 500;
    private static final int REPORTERS = 4;
    private static final int STARTS = 6;

    @TempDir
    Path folder;

    @Test
    void itIsReadyAgain() throws Exception {
        int waiting = Integer.getInteger("waiting", 1_000_000);
        int webhooks = Integer.getInteger("webhooks", 20);
        Path data = Files.createDirectory(folder.resolve("data"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        ServerProcess server = ServerProcess.start(data);
        try {
            for (int i = 0; i < webhooks; i++) {
                // Nothing listens on this port.
                Calls.webhook(server, "http://127.0.0.1:9/" + i, ", \"retry_schedule\": [86400]");
            }
            report(server, waiting / webhooks);
            System.out.printf(
                    "%d deliveries to %d webhooks, killed right after the last was acknowledged%n", waiting, webhooks);
            for (int i = 0; i < STARTS; i++) {
                server.kill();
                long logBytes = Files.size(data.resolve("ringpost.db-wal"));
                server = startAndTell(data, (logBytes >> 20) + " MB of write-ahead log");
                startAndTell(empty, "nothing waiting").kill();
            }
            System.out.println(server.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("ringpost_deliveries_waiting"))
                    .toList());
        } finally {
            server.discard();
        }
    }

    private static ServerProcess startAndTell(Path data, String what) throws IOException {
        long begin = System.nanoTime();
        ServerProcess server = ServerProcess.launch(data);
        server.awaitReady();
        System.out.printf(
                "ready after %d ms, %d ms of processor time: %s%n",
                (System.nanoTime() - begin) / 1_000_000, server.cpu().toMillis(), what);
        return server;
    }

    private static void report(ServerProcess server, int events) throws InterruptedException {
        List<Thread> reporters = new ArrayList<>();
        for (int i = 0; i < REPORTERS; i++) {
            String name = "r" + i;
            reporters.add(Thread.ofVirtual().start(() -> {
                for (int sent = 0; sent < events / REPORTERS; sent += REPORTS_A_REQUEST) {
                    try {
                        Hooks.expect(200, Calls.connect(server, name + "-" + sent, REPORTS_A_REQUEST));
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
        }
        for (Thread reporter : reporters) {
            reporter.join();
        }
    }
}
