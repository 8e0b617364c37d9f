package dev.ringpost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The core stays pure: no I/O, no thread, no framework, no clock but the given one, no cycles. */
class CoreShapeTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                    "dev.ringpost.call",
                    "dev.ringpost.webhook",
                    "dev.ringpost.delivery",
                    "dev.ringpost.intake",
                    "dev.ringpost.replay",
                    "dev.ringpost.store",
                    "dev.ringpost.id");

    @Test
    void nothingButPlainJavaIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.ringpost..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math..",
                        "java.nio",
                        "java.nio.charset",
                        "java.security..",
                        "javax.crypto..",
                        "java.io",
                        "com.fasterxml.jackson.core..",
                        "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void nothingReadsOrWritesFilesOrStartsThreads() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        java.io.File.class,
                        java.io.FileInputStream.class,
                        java.io.FileOutputStream.class,
                        Thread.class,
                        java.util.concurrent.ExecutorService.class)
                .check(CORE);
    }

    @Test
    void theClockIsGiven() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.ringpost.(*)..").should().beFreeOfCycles().check(CORE);
    }
}
