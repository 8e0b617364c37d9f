package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedIdsTest {
    private static final long SEED = 7;
    private static final int STORED = 25_000;
    private static final long BITS = 1 << 19;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void knowsAllThatWasInTheTableAndAllThatCameSinceAndHardlyAnyOther() {
        Path file = folder.resolve("ids.db");
        List<NameHash> stored = hashes(STORED);
        try (Database database = Database.open(file, List.of("journal_mode = wal"))) {
            database.execute("create table external_ids (hash blob not null primary key, call integer) without rowid");
            database.execute("begin");
            database.updateEach(
                    "insert into external_ids (hash) values (?)", stored, hash -> Database.row(hash.bytes()));
            database.execute("commit");
            try (MovedIds ids = new MovedIds(file, BITS)) {
                List<NameHash> added = hashes(1000);
                added.forEach(ids::add);
                ids.awaitComplete();

                assertThat(stored).allMatch(ids::mayHave);
                assertThat(added).allMatch(ids::mayHave);
                assertThat(hashes(10_000).stream().filter(ids::mayHave).count()).isLessThan(100);
            }
        }
    }

    @Test
    void rulesNothingOutWhereTheTableCannotBeRead() {
        try (MovedIds ids = new MovedIds(folder.resolve("empty.db"), BITS)) {
            ids.awaitComplete();

            assertThat(hashes(10)).allMatch(ids::mayHave);
        }
    }

    private List<NameHash> hashes(int count) {
        return Stream.generate(() -> new NameHash(random.nextLong(), random.nextLong()))
                .limit(count)
                .toList();
    }
}
