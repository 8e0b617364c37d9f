package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that the README opens with, as a user runs it, from the jar. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void theStoryIsToldAndChecked() throws Exception {
        Path output = folder.resolve("demo.txt");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        Path.of("target", "ringpost.jar").toString(),
                        "demo",
                        "--once",
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = demo.waitFor();
        String told = Files.readString(output);
        assertThat(exit).as(told).isZero();
        assertThat(told)
                .contains("Everything was delivered, in order, and every signature was verified.")
                .contains("verified   500")
                .doesNotContain("WRONG");
    }
}
