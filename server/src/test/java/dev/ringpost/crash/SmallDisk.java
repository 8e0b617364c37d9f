package dev.ringpost.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own, in memory, that can be filled up and be mounted read-only. Needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Where it can't be mounted a test is skipped, but not in CI. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        boolean root = System.getProperty("user.name").equals("root");
        if (System.getenv("CI") != null) {
            assertThat(root).as("CI runs as root, which mounting needs").isTrue();
        }
        Assumptions.assumeTrue(root, "only root can mount a small disk");
        Files.createDirectories(folder);
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "ringpost-test", folder.toString());
        return new SmallDisk(folder);
    }

    /** Takes all room that is left. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[4096];
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        assertThat(Files.getFileStore(folder).getUsableSpace()).isZero();
    }

    /** Gives it back. */
    void free() throws IOException {
        Files.delete(filler());
    }

    /** Nothing on it may be open for writing. */
    void becomeReadOnly() {
        run("mount", "-o", "remount,ro", folder.toString());
    }

    void becomeWritable() {
        run("mount", "-o", "remount,rw", folder.toString());
    }

    /** Also where a process still has files open. */
    @Override
    public void close() {
        run("umount", "--lazy", folder.toString());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor())
                    .as(String.join(" ", command) + ": " + said)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
