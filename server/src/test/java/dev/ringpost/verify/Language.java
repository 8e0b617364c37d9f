package dev.ringpost.verify;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A language in which receivers are written, with what its receiver needs and how it is started. */
enum Language {
    JAVA,
    PYTHON,
    NODE,
    GO;

    private static final Path SCRIPTS = Path.of("src", "test", "verify");
    private static final long INSTALL_MINUTES = 4;

    /** What is in src/test/verify and in the document, together in a folder under target, with the packages installed. */
    Path prepare(CodeBlocks document) throws IOException, InterruptedException {
        String name = folder();
        Path target = Files.createDirectories(Path.of("target", "verify", name));
        try (Stream<Path> scripts = Files.list(SCRIPTS.resolve(name))) {
            for (Path script : scripts.toList()) {
                Files.write(target.resolve(script.getFileName()), Files.readAllBytes(script));
            }
        }
        document.write(name, target);
        if (!install().isEmpty()) {
            run(target, install());
        }
        return target;
    }

    String folder() {
        return switch (this) {
            case JAVA -> "java";
            case PYTHON -> "python";
            case NODE -> "node";
            case GO -> "go";
        };
    }

    /** The command that starts the receiver in the folder. */
    List<String> start() {
        return switch (this) {
            case JAVA ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--class-path",
                        Path.of("..", "signing", "target", "classes")
                                .toAbsolutePath()
                                .normalize()
                                .toString(),
                        "Receiver.java");
            case PYTHON -> List.of("python3", "receiver.py");
            case NODE -> List.of("node", "receiver.mjs");
            case GO -> List.of("./receiver");
        };
    }

    /** Puts what is pinned in src/test/verify into the folder. */
    private List<String> install() {
        return switch (this) {
            case JAVA -> List.of();
            case PYTHON ->
                List.of(
                        "python3",
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--upgrade",
                        "--target",
                        ".",
                        "--requirement",
                        "requirements.txt");
            case NODE -> List.of("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund");
            case GO -> List.of(go(), "build", "-o", "receiver", ".");
        };
    }

    private static String go() {
        Path installed = Path.of("/usr/local/go/bin/go");
        return Files.isExecutable(installed) ? installed.toString() : "go";
    }

    private static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        File output = folder.resolve("install.log").toFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    String.join(" ", command) + " failed in " + folder + ": " + Files.readString(output.toPath()));
        }
    }
}
