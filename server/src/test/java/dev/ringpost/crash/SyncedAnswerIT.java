package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer goes out after the write-ahead log was synced to the disk, as the system calls of a real server show. */
class SyncedAnswerIT {
    private static final int REQUESTS = 20;
    private static final Pattern CALL =
            Pattern.compile("(\\d+) +(?:<\\.\\.\\. )?(pwrite64|fsync|fdatasync|write|writev|sendto|sendmsg)\\b(.*)");

    @TempDir
    Path folder;

    @Test
    void nothingIsAnsweredBeforeItIsSynced() throws Exception {
        Strace.require();
        ServerProcess server = ServerProcess.start(Files.createDirectory(folder.resolve("data")));
        try {
            Strace strace = Strace.attach(
                    server.pid(), folder, "-y", "-e", "trace=pwrite64,fsync,fdatasync,write,writev,sendto,sendmsg");
            try (strace) {
                for (int i = 0; i < REQUESTS; i++) {
                    Hooks.expect(200, Calls.connect(server, "c" + i, 1));
                }
            }
            assertSyncedBeforeAnswered(strace.lines());
        } finally {
            server.discard();
        }
    }

    /**
     * A line tells of a whole call, or that one has begun ("unfinished") and later that it ended ("resumed"): a sync
     * counts for what was written before it began, once it has ended.
     */
    private static void assertSyncedBeforeAnswered(List<String> lines) {
        int written = 0;
        int synced = 0;
        int answers = 0;
        Map<String, Integer> syncing = new HashMap<>();
        Set<Integer> syncsOfAnswers = new HashSet<>();
        for (String line : lines) {
            Matcher call = CALL.matcher(line);
            if (!call.find()) {
                continue;
            }
            String thread = call.group(1);
            String name = call.group(2);
            boolean begins = !line.contains("resumed>");
            boolean ends = !line.contains("<unfinished");
            boolean ofLog = line.contains("ringpost.db-wal>");
            if (name.equals("pwrite64") && ofLog && begins) {
                written++;
            } else if (name.endsWith("sync")) {
                if (begins && ofLog) {
                    syncing.put(thread, written);
                }
                Integer covered = ends ? syncing.remove(thread) : null;
                synced = covered == null ? synced : Math.max(synced, covered);
            } else if (line.contains("HTTP/1.1 200")) {
                answers++;
                assertThat(synced).as("synced before " + line).isEqualTo(written);
                syncsOfAnswers.add(synced);
            }
        }
        assertThat(answers).isEqualTo(REQUESTS);
        assertThat(syncsOfAnswers).as("each answer has a sync of its own").hasSize(REQUESTS);
    }
}
