package dev.ringpost.sim.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bugs of {@code sim/mutations/} can still be planted; that each is noticed, {@code sim/mutations/run} tells. */
class MutantsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void eachCanBePlantedAndCompiles() throws IOException {
        List<Mutant> mutants = Mutant.in(ROOT.resolve("sim/mutations"));
        assertThat(mutants).hasSizeGreaterThanOrEqualTo(25);
        Laboratory laboratory = new Laboratory(ROOT, folder, System.getProperty("java.class.path"));
        for (Mutant mutant : mutants) {
            laboratory.grow(mutant);
        }
    }

    @Test
    void eachSaysWhatItBreaks() throws IOException {
        for (Mutant mutant : Mutant.in(ROOT.resolve("sim/mutations"))) {
            assertThat(mutant.description()).as(mutant.name()).endsWith(".").hasSizeBetween(20, 150);
        }
    }

    @Test
    void thePageHasARowOfEach() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/simulation.md"));
        assertThat(page.substring(page.indexOf(MutantTable.BEGIN), page.indexOf(MutantTable.END))
                        .lines())
                .filteredOn(line -> line.startsWith("| `"))
                .hasSameSizeAs(Mutant.in(ROOT.resolve("sim/mutations")))
                .zipSatisfy(
                        Mutant.in(ROOT.resolve("sim/mutations")),
                        (row, mutant) -> assertThat(row)
                                .startsWith("| `%s` | %s | ".formatted(mutant.name(), mutant.description())));
    }
}
