package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule of docs/engine.md names what holds it: a test or an invariant that there is. */
class DocumentedEngineTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern HOLDER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");

    @Test
    void eachRuleNamesWhatHoldsIt() throws IOException {
        String page = DocsFile.of("engine.md").text();
        String section = page.substring(page.indexOf("## What always holds"), page.indexOf("## At least once"));
        List<String> rules = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| rule") && !line.startsWith("| ---"))
                .toList();
        assertThat(rules).hasSizeGreaterThan(20);
        List<Path> sources = sources();
        for (String rule : rules) {
            List<MatchResult> holders = HOLDER.matcher(rule).results().toList();
            assertThat(holders).as(rule).isNotEmpty();
            for (MatchResult holder : holders) {
                assertThat(sourceOf(holder.group(1), sources))
                        .as(holder.group())
                        .containsPattern("\\b" + holder.group(2) + "[(\"]");
            }
        }
    }

    /** Of all types of this name: a store's conformance and an invariant may share one. */
    private static String sourceOf(String type, List<Path> sources) throws IOException {
        StringBuilder found = new StringBuilder();
        for (Path path : sources) {
            if (path.endsWith(type + ".java")) {
                found.append(Files.readString(path));
            }
        }
        return found.toString();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("core/src/test", "server/src/test", "sim/src")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.forEach(sources::add);
            }
        }
        return sources;
    }
}
