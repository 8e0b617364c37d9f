package dev.ringpost.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at any moment under load, and a restart on the same data: everything acknowledged arrives, in order, and no more
 * comes twice than was under way. {@code -Dseed=} makes the load and the moments those of an earlier run, as far as the
 * machine is as fast.
 */
class KillIT {
    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        kill(3, 600);
    }

    @Test
    @Tag("soak")
    void nothingAcknowledgedIsLostInHundredsOfKills() throws Exception {
        kill(Integer.getInteger("kills", 300), 600);
    }

    private void kill(int times, int eventsAKill) throws Exception {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        try (KillRun run = new KillRun(Files.createDirectory(folder.resolve("data")), seed, eventsAKill)) {
            for (int i = 0; i < times; i++) {
                run.killOnce();
            }
            run.check();
        }
    }
}
