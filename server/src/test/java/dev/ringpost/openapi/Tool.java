package dev.ringpost.openapi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, in a folder, with its output in a file. */
final class Tool {
    /** What tests may leave behind. */
    static final Path WORK = Path.of("target", "openapi").toAbsolutePath();
    /** What the tools read. */
    static final Path SOURCES = Path.of("src", "test", "openapi").toAbsolutePath();

    private static final Path PACKAGES = WORK.resolve("packages");
    private static final Duration INSTALLING = Duration.ofMinutes(8);

    private Tool() {}

    /**
     * Runs Python with the packages of requirements.txt, which are installed first where they aren't yet.
     *
     * @return its output
     * @throws IllegalStateException with the output, where it fails or takes too long
     */
    static String python(Path folder, Map<String, String> environment, Duration patience, List<String> arguments) {
        try {
            installPackages();
            return run(folder, environment, patience, withProgram("python3", arguments));
        } catch (IOException e) {
            throw new IllegalStateException("Packages can't be installed", e);
        }
    }

    static Path program(String name) {
        return PACKAGES.resolve("bin").resolve(name);
    }

    /** Searched by Python, before the folders that are given. */
    static String pythonPath(Path... folders) {
        StringBuilder path = new StringBuilder(PACKAGES.toString());
        for (Path folder : folders) {
            path.append(File.pathSeparator).append(folder);
        }
        return path.toString();
    }

    private static void installPackages() throws IOException {
        Path wanted = SOURCES.resolve("requirements.txt");
        Path installed = PACKAGES.resolve("requirements.txt");
        if (Files.exists(installed) && Files.mismatch(wanted, installed) < 0) {
            return;
        }
        Files.createDirectories(PACKAGES);
        List<String> install = List.of(
                "-m",
                "pip",
                "install",
                "--quiet",
                "--upgrade",
                "--target",
                PACKAGES.toString(),
                "--requirement",
                wanted.toString());
        run(WORK, Map.of(), INSTALLING, withProgram("python3", install));
        Files.copy(wanted, installed);
    }

    static List<String> withProgram(String program, List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(program));
        command.addAll(arguments);
        return command;
    }

    static String run(Path folder, Map<String, String> environment, Duration patience, List<String> command) {
        try {
            Path output = Files.createTempFile(Files.createDirectories(WORK), "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                String how = ended ? "failed with " + process.exitValue() : "took longer than " + patience;
                throw new IllegalStateException(String.join(" ", command) + " " + how + ":\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + " can't be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
