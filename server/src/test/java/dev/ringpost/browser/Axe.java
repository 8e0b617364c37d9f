package dev.ringpost.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Looks for what keeps people from using a page, with axe-core. */
final class Axe {
    private static final String SCRIPT = script();

    /** What is wrong, an element a line; only what is serious or worse. A row that just came shows its colours first. */
    private static final String FOUND = """
            async () => {
              await Promise.allSettled(document.getAnimations().map((each) => each.finished));
              const { violations } = await axe.run(document, { resultTypes: ["violations"] });
              return violations
                .filter(({ impact }) => impact === "serious" || impact === "critical")
                .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
            }""";

    private Axe() {}

    private static String script() {
        try (InputStream file = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<String> faults(Page page) {
        if (Boolean.TRUE.equals(page.evaluate("typeof axe === 'undefined'"))) {
            page.evaluate(SCRIPT);
        }
        return (List<String>) page.evaluate(FOUND);
    }
}
