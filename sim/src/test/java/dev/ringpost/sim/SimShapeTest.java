package dev.ringpost.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A world knows no time and no chance but its own. */
class SimShapeTest {
    private static final JavaClasses SIM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.ringpost.sim");

    @Test
    void onlyTheCoreIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.ringpost..", "java..", "picocli..", "org.jspecify.annotations")
                .check(SIM);
    }

    @Test
    void aWorldReadsNoClockAndRollsNoForeignDice() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ringpost.sim.world..", "dev.ringpost.sim.plan..", "dev.ringpost.sim.invariant..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, Thread.class)
                .check(SIM);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.ringpost.sim.(*)..").should().beFreeOfCycles().check(SIM);
    }
}
