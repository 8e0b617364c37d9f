package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The database's file beside SQLite, which syncs it only where nobody writes meanwhile. To be closed after every
 * connection: on POSIX systems whoever closes a file gives up all locks that the process has on it.
 */
final class DatabaseFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    /** @throws StoreUnavailable if it can't be opened */
    DatabaseFile(Path file) {
        this.file = file;
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unavailable("open", e);
        }
    }

    /** What was moved into it so far is on the disk. */
    void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw unavailable("sync", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't close " + file, e);
        }
    }

    private StoreUnavailable unavailable(String what, IOException e) {
        return new StoreUnavailable("Can't " + what + " " + file + ": " + e.getMessage() + ". Check the disk.", e);
    }
}
