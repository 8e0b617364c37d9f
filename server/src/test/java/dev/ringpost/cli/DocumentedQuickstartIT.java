package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/quickstart.md, with the jar in place of the launcher that builds it, and free ports. */
class DocumentedQuickstartIT {
    @TempDir
    Path folder;

    @Test
    void itEndsWithDeliveredEvents() throws Exception {
        Path launcher = folder.resolve("ringpost");
        Files.writeString(launcher, """
                #!/usr/bin/env bash
                exec "%s" -Xmx128m --enable-native-access=ALL-UNNAMED -jar "%s" "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        Path.of("target", "ringpost.jar").toAbsolutePath()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        String text =
                DocsFile.of("quickstart.md").text().replace("8080", freePort()).replace("9000", freePort());
        DocumentedCommands commands = DocumentedCommands.in(text);

        commands.run(0, commands.blocks().size(), folder, Map.of());

        assertThat(commands.lastLine(folder, 4)).startsWith("evt_");
        assertThat(commands.lastLine(folder, 5)).contains("\"event\":\"call.started\"", "\"status\":\"succeeded\"");
        assertThat(Files.readString(folder.resolve("received.log")))
                .contains("call.started", "call.ended", "call.analyzed", "transcript.final");
        assertThat(Files.readString(folder.resolve("ringpost.log"))).contains("Stopped");
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
