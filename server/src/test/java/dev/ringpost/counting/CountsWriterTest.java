package dev.ringpost.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.commit.Journal;
import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.Tallies;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full in the middle of a write, and has room again later. */
@SuppressWarnings("NullAway.Init") // set before each test
class CountsWriterTest {
    private static final int ACCOUNTS = 1200;
    private static final Instant AT = Instant.parse("2026-03-01T12:34:56.789Z");
    private static final InstantSource CLOCK = InstantSource.fixed(AT);

    @TempDir
    Path folder;

    private final Tallies tallies = new Tallies(2 * ACCOUNTS);
    private SqliteStore store;
    private GroupCommit journal;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), CLOCK);
        CallFold noCalls = (transaction, commands) -> new CallFold.Folded(List.of(), List.of(), List.of());
        journal = new GroupCommit(store.writeSide(), noCalls, committed -> {}, Runnable::run, CLOCK);
    }

    @AfterEach
    void close() {
        journal.close();
        store.close();
    }

    /** The disk takes so many changes. */
    private record Full(Journal disk, int[] room) implements Journal {
        @Override
        public CompletableFuture<List<CallAnswer>> submit(List<CallCommand> commands, After after) {
            return disk.submit(commands, after);
        }

        @Override
        public CompletableFuture<Void> apply(List<LaneWrite> writes) {
            return disk.apply(writes);
        }

        @Override
        public <T> CompletableFuture<T> change(Change<T> change) {
            return room[0]-- > 0
                    ? disk.change(change)
                    : CompletableFuture.failedFuture(new StoreUnavailable("The disk is full"));
        }
    }

    @Test
    void nothingIsLostAndNothingIsCountedTwice() {
        for (long account = 1; account <= ACCOUNTS; account++) {
            tallies.fired(account, AT);
        }
        new CountsWriter(tallies, new Full(journal, new int[] {1}), CLOCK).write();
        assertThat(stored()).as("a slice").isBetween(1L, ACCOUNTS - 1L);
        assertThat(tallies.size()).isEqualTo(ACCOUNTS - (int) stored());

        new CountsWriter(tallies, journal, CLOCK).write();
        assertThat(stored()).isEqualTo(ACCOUNTS);
        assertThat(tallies.size()).isZero();
    }

    /** How many events are stored in all. */
    private long stored() {
        Instant hour = Interval.HOUR.startOf(AT);
        return LongStream.rangeClosed(1, ACCOUNTS)
                .boxed()
                .flatMap(
                        account -> store
                                .records()
                                .counts(account, Counted.WHOLE_ACCOUNT, Interval.HOUR, hour, hour.plusSeconds(1))
                                .stream())
                .mapToLong(counted -> counted.counts().events())
                .sum();
    }
}
