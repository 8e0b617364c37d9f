package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that is taken is told in one line, and leaves nothing behind. */
class PortInUseTest {
    @TempDir
    Path folder;

    @Test
    void theLineSaysWhichAndWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = Settings.defaults(Options.ALL)
                    .with(Options.DATA, folder.toString(), "test")
                    .with(Options.PORT, Integer.toString(other.getLocalPort()), "test");
            Assembly assembly = new SqliteAssembly(InstantSource.system(), System::nanoTime, Map.of());
            assertThatThrownBy(() -> assembly.start(settings))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("cannot listen on port " + other.getLocalPort() + " of 127.0.0.1")
                    .hasMessageEndingWith("or choose another with --port");
            // The folder is free again.
            assembly.start(settings.with(Options.PORT, "0", "test")).stop();
        }
    }
}
