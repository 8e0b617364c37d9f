package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server from the data folder: two would send every delivery twice. The operating system lets the lock go
 * when the process ends, however it ends.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws DataFolderInUse if another server has it */
    static FolderLock take(Path folder) {
        Path file = folder.resolve("ringpost.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DataFolderInUse(folder);
            }
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new StoreUnavailable(
                    "Can't lock the data folder with " + file + ": " + e.getMessage()
                            + ". Check its permissions, and the space and the mount of its disk.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreUnavailable("Can't let go of the data folder: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }
}
