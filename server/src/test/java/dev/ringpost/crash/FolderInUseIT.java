package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one data folder would send everything twice. */
class FolderInUseIT {
    @TempDir
    Path folder;

    @Test
    void theSecondSaysSoAndTheFirstGoesOnUntilItIsKilled() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        ServerProcess first = ServerProcess.start(data);
        ServerProcess second = ServerProcess.launch(data);
        ServerProcess third = first;
        try {
            assertThat(second.endsWithin(Duration.ofSeconds(30))).isTrue();
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.printed())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "ringpost: Another Ringpost server is running on the data folder " + data + ". Stop it");
            Hooks.expect(200, first.get("/readyz"));
            first.kill();
            third = ServerProcess.start(data);
            assertThat(third.stop()).isZero();
        } finally {
            first.discard();
            second.discard();
            third.discard();
        }
    }
}
