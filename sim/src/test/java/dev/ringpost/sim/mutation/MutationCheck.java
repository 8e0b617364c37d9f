package dev.ringpost.sim.mutation;

import dev.ringpost.sim.mutation.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the simulation once without a bug, where it must find nothing, and once with each bug of {@code sim/mutations/},
 * where it must find something. {@code sim/mutations/run} calls it.
 */
public final class MutationCheck {
    private static final String USAGE =
            "sim/mutations/run [--seeds N] [--seconds S] [--write-docs] [NAME ...]    names of files without .patch";

    private final Path root;
    private final Trial trial;
    private final Laboratory laboratory;

    private MutationCheck(Path root, Trial trial) {
        this.root = root;
        this.trial = trial;
        this.laboratory =
                new Laboratory(root, root.resolve("sim/target/mutations"), System.getProperty("java.class.path"));
    }

    /** Ends with 1 where a bug went unnoticed, or the engine without one did not pass. */
    public static void main(String[] args) throws IOException {
        int seeds = 2000;
        int seconds = 60;
        boolean writesDocs = false;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--seeds" -> seeds = Integer.parseInt(args[++i]);
                case "--seconds" -> seconds = Integer.parseInt(args[++i]);
                case "--write-docs" -> writesDocs = true;
                default -> {
                    if (args[i].startsWith("-")) {
                        System.err.println(USAGE);
                        System.exit(2);
                    }
                    names.add(args[i]);
                }
            }
        }
        MutationCheck check = new MutationCheck(Path.of("").toAbsolutePath(), new Trial(seeds, seconds));
        System.exit(check.run(names, writesDocs) ? 0 : 1);
    }

    private boolean run(List<String> names, boolean writesDocs) throws IOException {
        List<Mutant> mutants = chosen(Mutant.in(root.resolve("sim/mutations")), names);
        Map<Mutant, Outcome> outcomes = new LinkedHashMap<>();
        boolean sound = names.isEmpty() ? isSound() : true;
        for (Mutant mutant : mutants) {
            Outcome outcome = trial.run(laboratory.grow(mutant));
            outcomes.put(mutant, outcome);
            System.out.println(MutantTable.line(mutant, outcome));
        }
        List<String> missed = outcomes.entrySet().stream()
                .filter(each -> !(each.getValue() instanceof Outcome.Caught))
                .map(each -> each.getKey().name())
                .toList();
        System.out.printf("%d of %d mutants caught%n", mutants.size() - missed.size(), mutants.size());
        missed.forEach(name -> System.out.println("not caught: " + name));
        boolean passed = sound && missed.isEmpty();
        if (writesDocs && passed && names.isEmpty()) {
            MutantTable.write(root.resolve("docs/simulation.md"), outcomes);
        }
        return passed;
    }

    private static List<Mutant> chosen(List<Mutant> all, List<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(mutant -> mutant.name().equals(name))) {
                throw new IllegalArgumentException("There is no mutant " + name + " in sim/mutations");
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(mutant -> names.contains(mutant.name())).toList();
    }

    private boolean isSound() throws IOException {
        Outcome outcome = trial.run(System.getProperty("java.class.path"));
        System.out.println(MutantTable.line("without a mutant", outcome));
        return outcome instanceof Outcome.Unnoticed;
    }
}
