package dev.ringpost.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which hashes may be in the table of external ids: a Bloom filter, so that the table is not asked for most new calls, whose
 * ids it does not have, at a page of its own for each. It reads the table beside everything else after a start and, into a
 * larger filter, whenever it is full. Until it has read it once, every hash may be there. Those that were deleted stay in
 * it until it is read again, which at its greatest size is when twice as many were added as the table had. {@link #mayHave} is for any thread, all else for the writer's.
 */
final class MovedIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MovedIds.class);

    /** With so many, 3 of 100 that are not there are looked up all the same; and of twice as many ids 15. */
    private static final int BITS_AN_ID = 8;

    private static final long FEWEST_BITS = 1 << 16;
    private static final int GROWTH = 16;

    /** A 32nd of the heap: four million ids at {@link #BITS_AN_ID} with the heap that the launcher gives. */
    private static final long MOST_BITS =
            Long.highestOneBit(Runtime.getRuntime().maxMemory() / 32 * Byte.SIZE);

    private static final int PAGE = 10_000;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long RETRY_NANOS = 60_000_000_000L;
    private static final List<String> PRAGMAS =
            List.of("busy_timeout = 5000", "query_only = true", "cache_size = -256");

    private final Path file;
    private final long most;
    private volatile @Nullable Filter known;
    private @Nullable Filter next;
    private Thread reading;
    private volatile boolean closed;

    /** Returns at once. */
    MovedIds(Path file) {
        this(file, FEWEST_BITS, MOST_BITS);
    }

    /**
     * @param bits a power of two from 64
     * @param most to how many bits it may grow
     */
    MovedIds(Path file, long bits, long most) {
        this.file = file;
        this.most = most;
        this.reading = read(new Filter(bits));
    }

    /** It is about to be in the table. */
    synchronized void add(NameHash hash) {
        if (known != null) {
            known.add(hash);
        }
        if (next != null) {
            next.add(hash);
        }
    }

    /** False where it is not in the table. */
    boolean mayHave(NameHash hash) {
        Filter filter = known;
        return filter == null || filter.mayHave(hash);
    }

    /** To be called where nothing that was added is uncommitted: a table that is read from now on lacks nothing of it. */
    void growIfFull() {
        Filter newest = newest();
        boolean mayGrow = newest.isFull() && newest.bits() < most;
        if ((mayGrow || newest.isStale()) && !reading.isAlive()) {
            reading = read(new Filter(mayGrow ? Math.min(most, newest.bits() * GROWTH) : newest.bits()));
        }
    }

    /** Blocks until all of the table was read. */
    void awaitRead() {
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(reading);
        awaitRead();
    }

    private synchronized Filter newest() {
        return next != null ? next : Objects.requireNonNull(known);
    }

    private Thread read(Filter filter) {
        synchronized (this) {
            next = filter;
        }
        return Thread.ofPlatform().daemon().name("external-ids").start(() -> readInto(filter));
    }

    private void readInto(Filter filter) {
        while (!closed) {
            try {
                if (hasRoomForAll(filter)) {
                    become(filter);
                }
                return;
            } catch (RuntimeException e) {
                LOG.warn("The external ids of older calls could not be read; it is tried again in a minute", e);
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private synchronized void become(Filter filter) {
        filter.complete();
        known = filter;
        next = null;
    }

    /** Adds the table's. False where the filter has no room for them, or there is no time. */
    private boolean hasRoomForAll(Filter filter) {
        try (Database database = Database.open(file, PRAGMAS)) {
            byte[] last = {};
            List<byte[]> page;
            do {
                page = database.query(
                        "select hash from external_ids where hash > ? order by hash limit ?",
                        row -> row.bytes(1),
                        last,
                        PAGE);
                for (byte[] hash : page) {
                    filter.add(NameHash.of(hash));
                    last = hash;
                }
                if (closed || (filter.isFull() && filter.bits() < most)) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } while (page.size() == PAGE);
            return true;
        }
    }

    /** Three bits for each hash, which is random. */
    private static final class Filter {
        private final AtomicLongArray words;
        private final long mask;
        private final AtomicLong added = new AtomicLong();
        private volatile long addedFirst = Long.MAX_VALUE;

        Filter(long bits) {
            this.words = new AtomicLongArray(Math.toIntExact(bits / Long.SIZE));
            this.mask = bits - 1;
        }

        long bits() {
            return mask + 1;
        }

        /** All of the table is in it. */
        void complete() {
            addedFirst = added.get();
        }

        /** So many were added since it was complete that most of what is in it may have been deleted. */
        boolean isStale() {
            return isFull() && added.get() / 2 > addedFirst;
        }

        boolean isFull() {
            return added.get() * BITS_AN_ID > bits();
        }

        void add(NameHash hash) {
            set(hash.high());
            set(hash.high() >>> Integer.SIZE);
            set(hash.low());
            added.incrementAndGet();
        }

        boolean mayHave(NameHash hash) {
            return isSet(hash.high()) && isSet(hash.high() >>> Integer.SIZE) && isSet(hash.low());
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
    }
}
