package dev.ringpost.sim.mutation;

import dev.ringpost.sim.mutation.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/** What became of the mutants, for people. */
final class MutantTable {
    static final String BEGIN = "<!-- mutants: made by sim/mutations/run --write-docs -->";
    static final String END = "<!-- end of mutants -->";

    private MutantTable() {}

    static String line(Mutant mutant, Outcome outcome) {
        return line(mutant.name(), outcome);
    }

    static String line(String name, Outcome outcome) {
        return String.format(
                Locale.ROOT, "%-40s %8s seeds %6.1f s  %s", name, seeds(outcome), outcome.seconds(), by(outcome));
    }

    private static String seeds(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Caught caught -> Long.toString(caught.seeds());
            case Outcome.Unnoticed unnoticed -> Long.toString(unnoticed.seeds());
            case Outcome.Died _ -> "?";
        };
    }

    private static String by(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Caught caught -> caught.invariant();
            case Outcome.Unnoticed _ -> "no invariant broken";
            case Outcome.Died died -> died.lastWords();
        };
    }

    /** Puts the table between its marks. */
    static void write(Path page, Map<Mutant, Outcome> outcomes) throws IOException {
        StringBuilder table = new StringBuilder(BEGIN)
                .append("\nMade by `sim/mutations/run --write-docs` on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(" on ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" cores (")
                .append(System.getProperty("os.arch"))
                .append("), Java ")
                .append(Runtime.version().feature())
                .append(". The seconds are those of a whole run, with the start of its process.\n\n")
                .append("| mutant | the bug | caught by | seeds | seconds |\n| --- | --- | --- | --- | --- |\n");
        outcomes.forEach((mutant, outcome) -> table.append(String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %.1f |%n",
                mutant.name(),
                mutant.description(),
                by(outcome),
                seeds(outcome),
                outcome.seconds())));
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " has no place for the table: " + BEGIN + " and " + END);
        }
        Files.writeString(page, text.substring(0, begin) + table + text.substring(end));
    }
}
