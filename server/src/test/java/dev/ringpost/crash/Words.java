package dev.ringpost.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a caller said and was called by, and where in a data folder it can be read. */
final class Words {
    static final String TRANSCRIPT = "my-iban-is-de89370400440532013000";
    static final String METADATA = "customer-kowalski-4711";
    static final String EXTERNAL_ID = "ext-zebra-90210";
    static final String TO = "+493012345678";
    static final String FROM = "+498912345679";
    static final String SUMMARY = "summary-of-a-secret";
    static final List<String> ALL = List.of(TRANSCRIPT, METADATA, EXTERNAL_ID, TO, FROM, SUMMARY);

    private Words() {}

    /** The words, and where each was found. */
    static List<String> readableIn(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        for (String word : ALL) {
            find(folder, word.getBytes(StandardCharsets.UTF_8)).forEach(file -> found.add(word + " in " + file));
        }
        return found;
    }

    /** The files of the folder that hold the bytes. */
    static List<Path> find(Path folder, byte[] bytes) throws IOException {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(wanted)) {
                    found.add(file.getFileName());
                }
            }
        }
        return found;
    }
}
