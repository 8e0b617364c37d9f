package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that a program makes of the description creates a webhook, reports on a call and reads its events. */
class GeneratedClientIT {
    private static final Path CLIENT = Tool.WORK.resolve("client");

    @TempDir
    Path folder;

    @Test
    void works() throws Exception {
        generate();
        Description description = Description.load();
        ServerProcess server = ServerProcess.start(Files.createDirectory(folder.resolve("data")));
        try (DescribedReceiver receiver =
                new DescribedReceiver(description, new Schemas(description), new Ledger(description))) {
            String said = Tool.python(
                    Tool.SOURCES,
                    Map.of("PYTHONPATH", Tool.pythonPath(CLIENT)),
                    Duration.ofMinutes(2),
                    List.of("client.py", server.url().toString(), ServerProcess.KEY, receiver.url("/generated")));
            assertThat(said).endsWith("The generated client works.\n");
            receiver.assertAllAsDescribed();
        } finally {
            server.stop();
        }
    }

    /** As users do, with no more options than a name. */
    private static void generate() throws IOException {
        deleteOldOne();
        Files.createDirectories(CLIENT);
        String said = Tool.run(
                Tool.WORK,
                Map.of(),
                Duration.ofMinutes(3),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "openapi-generator-cli.jar")
                                .toAbsolutePath()
                                .toString(),
                        "generate",
                        "--generator-name",
                        "python",
                        "--input-spec",
                        Path.of("src", "main", "resources", "openapi.yaml")
                                .toAbsolutePath()
                                .toString(),
                        "--output",
                        CLIENT.toString(),
                        // All but what receivers get: the generator makes calls of these, and code that is none.
                        "--global-property",
                        "models,supportingFiles,apis=Accounts:Calls:Deliveries:Events:Replays:Reports:Service:"
                                + "SigningSecret:Webhooks",
                        "--package-name",
                        "ringpost_client"));
        assertThat(said).doesNotContain("Unable to", "inline");
    }

    private static void deleteOldOne() throws IOException {
        if (!Files.exists(CLIENT)) {
            return;
        }
        try (Stream<Path> files = Files.walk(CLIENT)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
