package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.running.LocalEndpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's commands, run in order by bash against a real server, give the answers that stand under them. */
class DocumentedGuideTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void theGuideIsTrue() throws Exception {
        DocumentedCommands guide = DocumentedCommands.in(DocsFile.of("guide.md").text());
        assertThat(guide.answers()).hasSizeGreaterThan(15);
        try (LocalEndpoint endpoint = new LocalEndpoint();
                LiveServer server = new LiveServer(folder.resolve("data"))) {
            Map<String, String> environment = Map.of(
                    "RINGPOST", server.api().server().toString(),
                    "KEY", LiveServer.KEY,
                    "RECEIVER", endpoint.url("/hooks"));
            guide.run(0, guide.blocks().size(), folder, environment);
            assertThat(endpoint.received("/hooks")).hasSizeGreaterThanOrEqualTo(5);
        }
        for (DocumentedCommands.Answer answer : guide.answers()) {
            assertIs(
                    JSON.readTree(answer.json()), JSON.readTree(guide.lastLine(folder, answer.block())), answer.json());
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
