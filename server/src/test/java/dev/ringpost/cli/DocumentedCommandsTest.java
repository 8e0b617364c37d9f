package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.running.LocalEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's commands, run in order by bash against a real server, give the answers that stand under them. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(bash|json)\\n([\\s\\S]*?)^```$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** An answer that the guide shows, and which block of commands gives it. */
    private record Shown(int block, String json) {}

    @Test
    void theGuideIsTrue() throws Exception {
        List<Shown> shown = new ArrayList<>();
        String script = script(DocsFile.of("guide.md").text(), shown);
        assertThat(shown).hasSizeGreaterThan(15);
        try (LocalEndpoint endpoint = new LocalEndpoint();
                LiveServer server = new LiveServer(folder.resolve("data"))) {
            run(
                    script,
                    Map.of(
                            "RINGPOST",
                            server.api().server().toString(),
                            "KEY",
                            LiveServer.KEY,
                            "RECEIVER",
                            endpoint.url("/hooks")));
            assertThat(endpoint.received("/hooks")).hasSizeGreaterThanOrEqualTo(5);
        }
        for (Shown answer : shown) {
            assertIs(JSON.readTree(answer.json()), JSON.readTree(lastLine(answer.block())), answer.json());
        }
    }

    /** The blocks as one script, each with a file for what it prints: so that variables go on, and answers stay apart. */
    private String script(String guide, List<Shown> shown) {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        int[] block = {0};
        BLOCK.matcher(guide).results().forEach(found -> {
            if (found.group(1).equals("json")) {
                shown.add(new Shown(block[0], found.group(2)));
            } else {
                block[0]++;
                script.append("{\n")
                        .append(found.group(2))
                        .append("} > printed.")
                        .append(block[0])
                        .append("\n");
            }
        });
        return script.toString();
    }

    private void run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        Path complaints = folder.resolve("complaints.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(complaints.toFile());
        bash.environment().putAll(environment);
        int exit = bash.start().waitFor();
        assertThat(exit).as(() -> read(complaints) + printed()).isZero();
    }

    private String lastLine(int block) {
        return read(folder.resolve("printed." + block))
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("nothing");
    }

    /** What was printed last before the script stopped. */
    private String printed() {
        int block = 1;
        while (Files.exists(folder.resolve("printed." + (block + 1)))) {
            block++;
        }
        return "block " + block + ": " + read(folder.resolve("printed." + block));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    /** Each member that is shown is there with its value, where three dots stand for any text. */
    private static void assertIs(JsonNode shown, JsonNode real, String where) {
        if (shown.isObject()) {
            shown.propertyStream().forEach(member -> {
                assertThat(real.has(member.getKey()))
                        .as(member.getKey() + " in " + real + " for " + where)
                        .isTrue();
                assertIs(member.getValue(), real.get(member.getKey()), where);
            });
        } else if (shown.isArray()) {
            assertThat(real).as(where).hasSameSizeAs(shown);
            for (int i = 0; i < shown.size(); i++) {
                assertIs(shown.get(i), real.get(i), where);
            }
        } else if (shown.isTextual() && shown.asText().contains("...")) {
            String pattern = Pattern.quote(shown.asText()).replace("...", "\\E.+\\Q");
            assertThat(real.asText()).as(where).matches(pattern);
        } else {
            assertThat(real).as(where).isEqualTo(shown);
        }
    }
}
