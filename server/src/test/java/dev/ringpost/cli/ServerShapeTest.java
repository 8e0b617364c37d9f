package dev.ringpost.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Arrows point inward, and only the composition root knows every part. */
class ServerShapeTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The core's tests come as a jar.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.ringpost");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.ringpost.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void theCoreKnowsNothingOfTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ringpost.call",
                        "dev.ringpost.webhook",
                        "dev.ringpost.delivery",
                        "dev.ringpost.intake",
                        "dev.ringpost.replay",
                        "dev.ringpost.store",
                        "dev.ringpost.id")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.ringpost.api..",
                        "dev.ringpost.callengine..",
                        "dev.ringpost.cli..",
                        "dev.ringpost.commit..",
                        "dev.ringpost.demo..",
                        "dev.ringpost.dispatch..",
                        "dev.ringpost.erasure..",
                        "dev.ringpost.secret..",
                        "dev.ringpost.ops..",
                        "dev.ringpost.sender..",
                        "dev.ringpost.simulator..",
                        "dev.ringpost.sqlite..",
                        "dev.ringpost.timer..")
                .check(ALL);
    }

    @Test
    void theDatabaseIsReachedThroughItsPorts() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ringpost.sqlite..", "dev.ringpost.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ringpost.sqlite..", "java.sql..")
                .check(ALL);
    }

    @Test
    void thePagesUseThePublicApiAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.ringpost.dashboard..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.ringpost..")
                        .and(not(resideInAnyPackage(
                                "dev.ringpost.dashboard..",
                                // How HTTP is answered, not what.
                                "dev.ringpost.api.http..",
                                "dev.ringpost.api.problem..",
                                "dev.ringpost.color..",
                                "dev.ringpost.fairness..",
                                "dev.ringpost.secret.."))))
                .check(ALL);
    }

    @Test
    void theClockIsGiven() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.ringpost.cli..", "dev.ringpost.demo..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(ALL);
    }
}
