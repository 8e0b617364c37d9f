package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.crash.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis makes requests of the description, right and wrong ones, alone and in sequences, and looks for answers
 * that are not as described. {@code -Dschemathesis.examples=1000} looks for longer.
 */
class SchemathesisIT {
    @TempDir
    Path folder;

    @Test
    void findsNothing() throws Exception {
        int examples = Integer.getInteger("schemathesis.examples", 15);
        Description description = Description.load();
        Ledger ledger = new Ledger(description);
        Schemas schemas = new Schemas(description);
        ServerProcess server = ServerProcess.start(Files.createDirectory(folder.resolve("data")));
        try (DescribedReceiver receiver = new DescribedReceiver(description, schemas, ledger)) {
            DescribedClient client = new DescribedClient(description, schemas, ledger, server.url(), ServerProcess.KEY);
            String own = client.ask("listAccounts").expect(200).text("/items/0/id");
            String found = Tool.python(
                    Tool.SOURCES,
                    Map.of(
                            "PYTHONPATH",
                            Tool.pythonPath(),
                            "PYTHONDONTWRITEBYTECODE",
                            "1",
                            "RINGPOST_KEY",
                            ServerProcess.KEY,
                            "RINGPOST_ACCOUNT",
                            own,
                            "RINGPOST_RECEIVER",
                            receiver.url("")),
                    Duration.ofMinutes(5).plusSeconds(10L * examples),
                    List.of(
                            Tool.program("st").toString(),
                            "run",
                            server.url() + "/openapi.yaml",
                            "--url",
                            server.url().toString(),
                            "--max-examples",
                            Integer.toString(examples)));
            assertThat(found).doesNotContain("FAILURES").containsPattern("(\\d+) generated, \\1 passed");
            receiver.assertAllAsDescribed();
        } finally {
            assertThat(server.stop()).isZero();
        }
    }
}
