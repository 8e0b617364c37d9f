package dev.ringpost.cli;

import org.junit.jupiter.api.Test;

/** docs/operations.md says what can be set. */
class DocumentedOptionsTest {
    @Test
    void theTableIsThatOfTheOptions() {
        StringBuilder table = new StringBuilder("| option | default | meaning |\n| --- | --- | --- |\n");
        for (Option<?> option : Options.ALL) {
            table.append("| `%s %s` | %s | %s |\n"
                    .formatted(
                            option.flag(),
                            option.type().placeholder().replace("|", "\\|"),
                            option.defaultText() == null ? "" : "`" + option.defaultText() + "`",
                            option.help()));
        }
        DocsFile.of("operations.md").check("options", table.toString());
    }
}
