package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A server is killed, and its write-ahead log is made what a power cut might have left: whole up to a point that was synced,
 * and anything behind it. What was acknowledged before the log ended there must be in the copy, and go out.
 */
final class TornPower implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int REPORTERS = 4;

    private final Path folder;
    private final Path data;
    private final SplittableRandom random;
    private final Receiver receiver = Receiver.reliable();
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<Mark> marks = new ArrayList<>();
    private final WalFile log;

    private ServerProcess server;
    private final String webhook;

    /** So many events were acknowledged before the log ended there. */
    private record Mark(int acknowledged, WalFile.Position end) {}

    TornPower(Path folder, long seed) throws Exception {
        System.out.println("seed " + seed);
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.data = Files.createDirectory(folder.resolve("data"));
        this.log = new WalFile(data);
        this.server = ServerProcess.start(data);
        // What fails waits for a day: it goes out when the copy's webhook is repaired, and not before.
        this.webhook = Calls.webhook(server, receiver.url("/dead"), ", \"retry_schedule\": [86400]");
        mark();
    }

    /** Acknowledges so many events, marks meanwhile how far the log is, and dies. */
    void killAfter(int events) throws Exception {
        int wanted = acknowledged.size() + events;
        List<Thread> reporters = new ArrayList<>();
        for (int i = 0; i < REPORTERS; i++) {
            String name = "t" + acknowledged.size() + "-" + i;
            reporters.add(Thread.ofVirtual().start(() -> report(name)));
        }
        while (acknowledged.size() < wanted) {
            assertThat(reporters).allMatch(Thread::isAlive);
            mark();
        }
        server.kill();
        for (Thread reporter : reporters) {
            reporter.join();
        }
    }

    /** Cuts a copy of the log so many times, and starts a server on each. */
    void cutAndCheck(int times) throws Exception {
        WalFile.Position end = log.end();
        long earliest = Math.max(
                log.moved(),
                marks.getFirst().end().salt() == end.salt()
                        ? marks.getFirst().end().bytes()
                        : 32);
        for (int i = 0; i < times; i++) {
            // Every other one just where a mark is: what was acknowledged just before must be there.
            List<Long> marked = marks.stream()
                    .filter(mark ->
                            mark.end().salt() == end.salt() && mark.end().bytes() >= earliest)
                    .map(mark -> mark.end().bytes())
                    .toList();
            long cut = i % 2 == 0 && !marked.isEmpty()
                    ? marked.get(random.nextInt(marked.size()))
                    : random.nextLong(earliest, end.bytes() + 1);
            check(cut, end, Damage.values()[random.nextInt(Damage.values().length)]);
        }
        server = ServerProcess.start(data);
    }

    /** What a power cut leaves of what was not synced. */
    private enum Damage {
        MISSING,
        ZEROS,
        NOISE
    }

    private void check(long cut, WalFile.Position end, Damage damage) throws Exception {
        int promised = marks.stream()
                .filter(mark -> mark.end().salt() != end.salt() || mark.end().bytes() <= cut)
                .mapToInt(Mark::acknowledged)
                .max()
                .orElse(0);
        String name = "cut-" + cut + "-" + random.nextInt(1 << 30);
        Path copy = Files.createDirectories(folder.resolve(name).resolve("data"));
        for (String file : List.of("ringpost.db", "ringpost.db-wal", "master.key")) {
            Files.copy(data.resolve(file), copy.resolve(file));
        }
        damage(copy.resolve("ringpost.db-wal"), (int) cut, damage);
        System.out.printf(
                "log of %d bytes, behind byte %d %s: %d of %d events promised%n",
                end.bytes(), cut, damage, promised, acknowledged.size());
        ServerProcess restored = ServerProcess.start(copy);
        try {
            Hooks.expect(200, restored.send("PATCH", webhook, "{\"url\": \"" + receiver.url("/" + name) + "\"}"));
            List<String> expected = List.copyOf(acknowledged).subList(0, promised);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(expected).allMatch(event -> receiver.hasAccepted(name, event)));
            assertThat(restored.stop()).isZero();
        } finally {
            restored.discard();
        }
        DatabaseFile.assertIntact(copy);
    }

    private void damage(Path file, int cut, Damage damage) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case MISSING -> bytes = Arrays.copyOf(bytes, cut);
            case ZEROS -> Arrays.fill(bytes, cut, bytes.length, (byte) 0);
            case NOISE -> {
                // The first byte always: else all of it could happen to be what was written.
                for (int i = cut; i < bytes.length; i += 1 + random.nextInt(1000)) {
                    bytes[i] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        Files.write(file, bytes);
    }

    private void mark() throws IOException {
        int count = acknowledged.size();
        Mark mark = new Mark(count, log.end());
        if (marks.isEmpty() || !marks.getLast().equals(mark)) {
            marks.add(mark);
        }
    }

    private void report(String name) {
        try {
            for (int i = 0; true; i++) {
                acknowledged.addAll(Calls.events(Calls.connect(server, name + "-" + i, 1 + i % 4)));
            }
        } catch (IOException e) {
            // The server was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.discard();
        receiver.close();
    }
}
