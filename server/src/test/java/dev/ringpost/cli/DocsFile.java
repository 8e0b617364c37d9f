package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of docs/, and the parts of it that are made from the code: they stand between two comments that name them. */
record DocsFile(Path path) {
    static final Path DOCS = Path.of("..", "docs");

    private static final boolean WRITE = "true".equals(System.getenv("WRITE_DOCS"));

    static DocsFile of(String name) {
        return new DocsFile(DOCS.resolve(name));
    }

    String text() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails where the part is not what the code says; or writes it, where the environment asks for that. */
    void check(String part, String expected) {
        String text = text();
        String begin = "<!-- " + part + ": made from the code -->\n";
        String end = "<!-- end of " + part + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        assertThat(text).as(path.toString()).contains(begin, end);
        if (WRITE) {
            write(text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as(
                            path + ": the part \"" + part + "\" is out of date; write it with WRITE_DOCS=true"
                                    + " ./mvnw test -pl server -am -Dtest='Documented*' -Dsurefire.failIfNoSpecifiedTests=false")
                    .isEqualTo(expected);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
