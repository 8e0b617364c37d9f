package dev.ringpost.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The code in a document of Markdown that names a file: {@code ```java file=java/Receiver.java}.
 *
 * @param byFile the code by the file that it names
 */
record CodeBlocks(Map<String, String> byFile) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)(?: file=(\\S+))?\\n(.*?)^```$");

    static CodeBlocks of(Path document) throws IOException {
        Map<String, String> byFile = new LinkedHashMap<>();
        for (MatchResult block :
                BLOCK.matcher(Files.readString(document)).results().toList()) {
            if (block.group(2) == null) {
                throw new IllegalStateException("A block of " + block.group(1) + " names no file, so nothing runs it");
            }
            byFile.put(block.group(2), block.group(3));
        }
        return new CodeBlocks(byFile);
    }

    /** Writes those of one folder into another. */
    void write(String from, Path to) throws IOException {
        for (Map.Entry<String, String> block : byFile.entrySet()) {
            if (block.getKey().startsWith(from + "/")) {
                Files.writeString(to.resolve(block.getKey().substring(from.length() + 1)), block.getValue());
            }
        }
    }
}
