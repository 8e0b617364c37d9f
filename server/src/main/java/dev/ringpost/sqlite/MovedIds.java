package dev.ringpost.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which hashes may be in the table of external ids: a Bloom filter, so that the table is not asked for most new calls, whose
 * ids it does not have, at a page of its own for each. It reads the table beside everything else after a start, and until
 * then says of every hash that it may be there. Those that were deleted stay in it until the next start. Safe for use by
 * many threads.
 */
final class MovedIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MovedIds.class);

    /** Of the heap, in bits: 33 million with the heap that the launcher gives, right for 7 of 8 among 8 million ids. */
    private static final long BITS =
            Math.max(1 << 16, Long.highestOneBit(Runtime.getRuntime().maxMemory() / 32 * 8));

    private static final int PAGE = 10_000;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final List<String> PRAGMAS =
            List.of("busy_timeout = 5000", "query_only = true", "cache_size = -256");

    private final AtomicLongArray words;
    private final long mask;
    private final Thread reading;
    private volatile boolean complete;
    private volatile boolean closed;

    /** Returns at once. */
    MovedIds(Path file) {
        this(file, BITS);
    }

    /** @param bits a power of two from 64 */
    MovedIds(Path file, long bits) {
        this.words = new AtomicLongArray(Math.toIntExact(bits / Long.SIZE));
        this.mask = bits - 1;
        this.reading = Thread.ofPlatform().daemon().name("external-ids").start(() -> readAll(file));
    }

    /** It is about to be in the table. */
    void add(NameHash hash) {
        set(hash.high());
        set(hash.high() >>> Integer.SIZE);
        set(hash.low());
    }

    /** False where it is not in the table. */
    boolean mayHave(NameHash hash) {
        return !complete || (isSet(hash.high()) && isSet(hash.high() >>> Integer.SIZE) && isSet(hash.low()));
    }

    /** Blocks until all of the table was read. */
    void awaitComplete() {
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        awaitComplete();
    }

    private void set(long hash) {
        long bit = hash & mask;
        int word = (int) (bit >>> 6);
        long flag = 1L << bit;
        if ((words.get(word) & flag) == 0) {
            words.accumulateAndGet(word, flag, (a, b) -> a | b);
        }
    }

    private boolean isSet(long hash) {
        long bit = hash & mask;
        return (words.get((int) (bit >>> 6)) & 1L << bit) != 0;
    }

    private void readAll(Path file) {
        try (Database database = Database.open(file, PRAGMAS)) {
            byte[] last = {};
            List<byte[]> page;
            do {
                page = database.query(
                        "select hash from external_ids where hash > ? order by hash limit ?",
                        row -> row.bytes(1),
                        last,
                        PAGE);
                page.forEach(hash -> add(NameHash.of(hash)));
                if (closed) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                last = page.isEmpty() ? last : page.getLast();
            } while (page.size() == PAGE);
            complete = true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The external ids of older calls could not be read, so each new call is looked up in the database",
                    e);
        }
    }
}
