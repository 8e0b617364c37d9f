package dev.ringpost.sim.mutation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bug to plant in the sources: a file of {@code sim/mutations/}. Its first line says what the bug is. Then come hunks as
 * in a diff, under {@code --- path} of the file they change and {@code @@} where each begins, without line numbers: lines
 * that begin with a space or a minus are looked for, whatever their white space, and those with a space or a plus take
 * their place. What is looked for must stand there exactly once, so a mutant whose place was rewritten fails loudly.
 *
 * @param name the file's name without its extension
 * @param description one sentence
 */
record Mutant(String name, String description, List<Hunk> hunks) {
    static final String EXTENSION = ".patch";

    /** @param file relative to the repository's root */
    record Hunk(String file, String before, String after) {}

    /** All mutants of a folder, by name. */
    static List<Mutant> in(Path folder) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
            for (Path file : files) {
                mutants.add(of(file));
            }
        }
        mutants.sort(Comparator.comparing(Mutant::name));
        return mutants;
    }

    private static Mutant of(Path path) throws IOException {
        String name = path.getFileName().toString().replace(EXTENSION, "");
        List<String> lines = Files.readAllLines(path);
        List<Hunk> hunks = new ArrayList<>();
        String file = "";
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("--- ") || line.equals("@@")) {
                addHunk(hunks, file, before, after);
                file = line.startsWith("--- ") ? line.substring(4) : file;
            } else {
                String text = line.isEmpty() ? "" : line.substring(1);
                char mark = line.isEmpty() ? ' ' : line.charAt(0);
                switch (mark) {
                    case ' ' -> {
                        before.append(text).append('\n');
                        after.append(text).append('\n');
                    }
                    case '-' -> before.append(text).append('\n');
                    case '+' -> after.append(text).append('\n');
                    default -> throw new IllegalArgumentException(path + ": not a line of a hunk: " + line);
                }
            }
        }
        addHunk(hunks, file, before, after);
        if (hunks.isEmpty()) {
            throw new IllegalArgumentException(path + " changes nothing");
        }
        return new Mutant(name, lines.getFirst(), List.copyOf(hunks));
    }

    private static void addHunk(List<Hunk> hunks, String file, StringBuilder before, StringBuilder after) {
        if (!before.toString().isBlank()) {
            hunks.add(new Hunk(file, before.toString(), after.toString()));
        }
        before.setLength(0);
        after.setLength(0);
    }

    /**
     * The sources that the bug changes, as it makes them.
     *
     * @param root of the repository
     * @throws IllegalStateException where what a hunk looks for is not there exactly once
     */
    Map<String, String> plantedIn(Path root) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Hunk hunk : hunks) {
            String source = sources.get(hunk.file());
            String now = source == null ? Files.readString(root.resolve(hunk.file())) : source;
            sources.put(hunk.file(), replaced(now, hunk));
        }
        return sources;
    }

    private String replaced(String source, Hunk hunk) {
        StringBuilder dense = new StringBuilder();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < source.length(); i++) {
            if (!Character.isWhitespace(source.charAt(i))) {
                dense.append(source.charAt(i));
                places.add(i);
            }
        }
        String wanted = hunk.before().replaceAll("\\s", "");
        int at = dense.indexOf(wanted);
        if (at < 0 || dense.indexOf(wanted, at + 1) >= 0) {
            throw new IllegalStateException("The mutant %s looks for this in %s, where it is %s:\n%s"
                    .formatted(name, hunk.file(), at < 0 ? "not" : "more than once", hunk.before()));
        }
        int end = places.get(at + wanted.length() - 1) + 1;
        return source.substring(0, places.get(at)) + hunk.after() + source.substring(end);
    }
}
