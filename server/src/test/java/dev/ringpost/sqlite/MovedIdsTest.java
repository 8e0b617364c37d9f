package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
class MovedIdsTest {
    private static final long SEED = 7;
    private static final int STORED = 25_000;
    private static final long FEW_BITS = 1 << 10;
    private static final long ENOUGH_BITS = 1 << 18;

    /** Of 10 000: with three bits an id and ten times as many bits as ids 150 to 170 are to be expected. */
    private static final int HARDLY_ANY = 250;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private Path file;
    private Database database;

    @BeforeEach
    void open() {
        file = folder.resolve("ids.db");
        database = Database.open(file, List.of("journal_mode = wal"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void knowsAllThatWasInTheTableAndAllThatCameSinceAndHardlyAnyOther() {
        List<NameHash> stored = store(STORED);
        try (MovedIds ids = new MovedIds(file, ENOUGH_BITS, ENOUGH_BITS)) {
            List<NameHash> added = hashes(1000);
            added.forEach(ids::add);
            ids.awaitRead();

            assertThat(stored).allMatch(ids::mayHave);
            assertThat(added).allMatch(ids::mayHave);
            assertThat(foundWrongly(ids)).isLessThan(HARDLY_ANY);
        }
    }

    @Test
    void readsATableThatHasNoRoomIntoALargerFilter() {
        List<NameHash> stored = store(STORED);
        try (MovedIds ids = new MovedIds(file, FEW_BITS, ENOUGH_BITS)) {
            ids.awaitRead();
            assertThat(foundWrongly(ids)).as("of 10 000 while it is not read").isEqualTo(10_000);
            grow(ids);

            assertThat(stored).allMatch(ids::mayHave);
            assertThat(foundWrongly(ids)).isLessThan(HARDLY_ANY);
        }
    }

    @Test
    void growsWithWhatIsAdded() {
        store(0);
        try (MovedIds ids = new MovedIds(file, FEW_BITS, ENOUGH_BITS)) {
            ids.awaitRead();
            List<NameHash> added = store(STORED);
            added.forEach(ids::add);
            assertThat(foundWrongly(ids)).isGreaterThan(9_000);
            grow(ids);

            assertThat(added).allMatch(ids::mayHave);
            assertThat(foundWrongly(ids)).isLessThan(HARDLY_ANY);
        }
    }

    @Test
    void isNoLargerThanItMayBe() {
        List<NameHash> stored = store(STORED);
        try (MovedIds ids = new MovedIds(file, FEW_BITS, FEW_BITS)) {
            ids.awaitRead();
            grow(ids);

            assertThat(stored).allMatch(ids::mayHave);
            assertThat(foundWrongly(ids)).isGreaterThan(9_000);
        }
    }

    @Test
    void forgetsWhatWasDeletedOnceAsManyWereAdded() {
        List<NameHash> stored = store(500);
        try (MovedIds ids = new MovedIds(file, FEW_BITS << 2, FEW_BITS << 2)) {
            ids.awaitRead();
            database.execute("delete from external_ids");
            List<NameHash> added = store(600);
            added.forEach(ids::add);
            ids.growIfFull();
            ids.awaitRead();

            assertThat(added).allMatch(ids::mayHave);
            assertThat(stored.stream().filter(ids::mayHave).count()).isLessThan(50);
        }
    }

    @Test
    void rulesNothingOutWhereTheTableCannotBeRead() {
        try (MovedIds ids = new MovedIds(folder.resolve("empty.db"), FEW_BITS, ENOUGH_BITS)) {
            ids.growIfFull();

            assertThat(hashes(10)).allMatch(ids::mayHave);
        }
    }

    /** As often as it takes from {@link #FEW_BITS} to {@link #ENOUGH_BITS}. */
    private static void grow(MovedIds ids) {
        for (int i = 0; i < 3; i++) {
            ids.growIfFull();
            ids.awaitRead();
        }
    }

    /** Of 10 000 that are not there. */
    private long foundWrongly(MovedIds ids) {
        return hashes(10_000).stream().filter(ids::mayHave).count();
    }

    private List<NameHash> store(int count) {
        List<NameHash> stored = hashes(count);
        database.execute(
                "create table if not exists external_ids (hash blob not null primary key, call integer) without rowid");
        database.execute("begin");
        database.updateEach("insert into external_ids (hash) values (?)", stored, hash -> Database.row(hash.bytes()));
        database.execute("commit");
        return stored;
    }

    private List<NameHash> hashes(int count) {
        return Stream.generate(() -> new NameHash(random.nextLong(), random.nextLong()))
                .limit(count)
                .toList();
    }
}
