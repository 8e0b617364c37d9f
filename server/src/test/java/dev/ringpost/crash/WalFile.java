package dev.ringpost.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SQLite's write-ahead log as it lies on the disk: a header, then frames of a page each. It is written from the front
 * again after all of it was moved into the database: then the header has another salt, and older frames lie behind newer
 * ones (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). For one thread.
 */
final class WalFile {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int FRAME = FRAME_HEADER + 4096;
    private static final int SALT_IN_HEADER = 16;
    private static final int SALT_IN_FRAME = 8;
    /** Where the index says how far the log has been, or is just being, moved into the database. */
    private static final int MOVED_IN_INDEX = 128;

    private final Path log;
    private final Path index;
    private Position last = new Position(0, HEADER);

    /**
     * @param salt tells one filling of the log from the next; 0: the log is empty
     * @param bytes up to the end of the last commit
     */
    record Position(long salt, long bytes) {}

    WalFile(Path data) {
        this.log = data.resolve("ringpost.db-wal");
        this.index = data.resolve("ringpost.db-shm");
    }

    /** Where the last commit ends. */
    Position end() throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            ByteBuffer header = read(channel, SALT_IN_HEADER);
            long salt = header.limit() < Long.BYTES ? 0 : header.getLong();
            long end = salt == last.salt() ? last.bytes() : HEADER;
            long at = end;
            ByteBuffer frame = read(channel, at);
            while (salt != 0 && frame.limit() == FRAME_HEADER && frame.getLong(SALT_IN_FRAME) == salt) {
                at += FRAME;
                boolean commits = frame.getInt(Integer.BYTES) != 0;
                end = commits ? at : end;
                frame = read(channel, at);
            }
            last = new Position(salt, end);
            return last;
        }
    }

    /**
     * Up to where the log may be in the database, which needs the log to be whole up to there: it was synced before. Only
     * after the server's end.
     */
    long moved() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(index)).order(ByteOrder.nativeOrder());
        return HEADER + (long) FRAME * bytes.getInt(MOVED_IN_INDEX);
    }

    private static ByteBuffer read(FileChannel channel, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(FRAME_HEADER);
        channel.read(bytes, at);
        return bytes.flip();
    }
}
