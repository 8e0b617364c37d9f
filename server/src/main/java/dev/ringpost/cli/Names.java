package dev.ringpost.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Refuses names that no option has: a misspelt one must not be ignored in silence. */
final class Names {
    /** Variables that are ours without being options. */
    private static final List<String> OTHER_VARIABLES =
            List.of("RINGPOST_CONFIG", "RINGPOST_MASTER_KEY", "RINGPOST_JAVA_OPTS");

    /** What Kubernetes sets in every container when a service is called "ringpost". */
    private static final Pattern SERVICE_LINK = Pattern.compile("RINGPOST_(SERVICE|PORT_\\d+)_.*");

    private Names() {}

    static List<String> of(Iterable<Option<?>> options, Function<Option<?>, String> name) {
        return StreamSupport.stream(options.spliterator(), false).map(name).toList();
    }

    /**
     * What is set for us: the variables that are options.
     *
     * @throws BadSetting for the first variable named RINGPOST_ that nobody reads
     */
    static Map<String, String> variables(Map<String, String> environment, Iterable<Option<?>> options) {
        List<String> known = of(options, Option::environmentVariable);
        Map<String, String> ours = new HashMap<>(environment);
        ours.entrySet().removeIf(variable -> !variable.getKey().startsWith("RINGPOST_") || isServiceLink(variable));
        OTHER_VARIABLES.forEach(ours::remove);
        requireKnown(ours.keySet(), known, name -> name + " (environment): there is no such option");
        return ours;
    }

    private static boolean isServiceLink(Map.Entry<String, String> variable) {
        return SERVICE_LINK.matcher(variable.getKey()).matches()
                || (variable.getKey().equals("RINGPOST_PORT")
                        && variable.getValue().startsWith("tcp://"));
    }

    /** @throws BadSetting for the first name that is not known: the message, and the known name that comes closest */
    static void requireKnown(Collection<String> names, List<String> known, Function<String, String> message) {
        for (String name : new TreeSet<>(names)) {
            if (!known.contains(name)) {
                String closest = closest(name, known)
                        .map(candidate -> "; did you mean " + candidate + "?")
                        .orElse("; ./ringpost serve --help lists all");
                throw new BadSetting(message.apply(name) + closest);
            }
        }
    }

    /** The known name that a misspelt one may stand for. */
    static Optional<String> closest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                .filter(candidate -> distance(candidate, name) <= 3);
    }

    /** How many letters differ (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
