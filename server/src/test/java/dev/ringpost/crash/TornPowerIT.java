package dev.ringpost.crash;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut: of the write-ahead log only what was synced is sure to be there. */
class TornPowerIT {
    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedBeforeTheCutIsThere() throws Exception {
        cut(1, 300, 3);
    }

    @Test
    @Tag("soak")
    void whatWasAcknowledgedBeforeManyCutsIsThere() throws Exception {
        cut(Integer.getInteger("kills", 20), 1500, 5);
    }

    private void cut(int kills, int events, int cuts) throws Exception {
        long seed = Long.getLong("seed", RandomGenerator.getDefault().nextLong());
        try (TornPower power = new TornPower(folder, seed)) {
            for (int i = 0; i < kills; i++) {
                power.killAfter(events);
                power.cutAndCheck(cuts);
            }
        }
    }
}
