package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.call.Call;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.Given;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Transaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many calls that their external ids move from memory to the table. */
@SuppressWarnings("NullAway.Init") // set before each test
class ExternalIdsTest {
    private static final int BATCH = 1000;

    /** Memory is full after 33 batches, and what it has then has moved after 9 more. */
    private static final int BATCHES_UNTIL_FULL = 33;

    private static final int BATCHES_UNTIL_MOVED = 42;

    @TempDir
    Path folder;

    private SqliteStore store;
    private final List<Call> calls = new ArrayList<>();

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allAreFoundBeforeTheyMoveWhileTheyDoAndAfterwards() {
        make(BATCHES_UNTIL_FULL);
        assertThat(moved()).isZero();
        assertFound(calls);
        make(2);
        assertThat(moved()).isPositive().isLessThan(BATCHES_UNTIL_FULL * BATCH);
        assertFound(calls);
        make(BATCHES_UNTIL_MOVED - BATCHES_UNTIL_FULL - 2);
        assertThat(moved()).isEqualTo(BATCHES_UNTIL_FULL * BATCH);
        assertFound(calls);
    }

    @Test
    void aRestartKnowsWhatHasMovedAndWhatHasNot() {
        make(BATCHES_UNTIL_FULL + 3);
        reopen();
        assertFound(calls);
        make(BATCHES_UNTIL_MOVED);
        reopen();
        assertFound(calls);
        store.movedIds().awaitRead();
        assertFound(calls);
    }

    @Test
    void anIdThatHasMovedDuringAStartIsFoundAfterIt() {
        make(BATCHES_UNTIL_FULL);
        reopen();
        make(BATCHES_UNTIL_MOVED - BATCHES_UNTIL_FULL);
        store.movedIds().awaitRead();
        assertThat(moved()).isEqualTo(BATCHES_UNTIL_FULL * BATCH);
        assertFound(calls);
    }

    @Test
    void whatATransactionMovedThatFailedMovesAgain() {
        make(BATCHES_UNTIL_FULL);
        for (int i = 0; i < BATCHES_UNTIL_MOVED - BATCHES_UNTIL_FULL; i++) {
            WriteSide writeSide = store.writeSide();
            SqliteTransaction failing = (SqliteTransaction) writeSide.begin();
            List<Call> lost = newCalls("lost-" + i);
            failing.insertCalls(lost);
            failing.beforeCommit();
            assertThat(failing.callsByExternalId(keys(lost))).hasSize(BATCH);
            writeSide.rollback();
            write(tx -> assertThat(tx.callsByExternalId(keys(lost))).isEmpty());
        }
        assertThat(moved()).isZero();
        make(BATCHES_UNTIL_MOVED - BATCHES_UNTIL_FULL);
        assertThat(moved()).isEqualTo(BATCHES_UNTIL_FULL * BATCH);
        assertFound(calls);
    }

    @Test
    void theIdsOfCallsThatAreErasedAreInNoTable() {
        make(BATCHES_UNTIL_MOVED);
        int moved = moved();
        List<Call> erased =
                List.of(calls.getFirst(), calls.get(BATCH), calls.getLast(), calls.get(calls.size() - BATCH));
        write(tx -> tx.eraseCalls(erased));
        assertThat(moved()).isEqualTo(moved - 2);
        write(tx -> assertThat(tx.callsByExternalId(keys(erased))).isEmpty());
        make(BATCHES_UNTIL_MOVED);
        assertThat(idsOfNobody()).isEmpty();
    }

    @Test
    void anErasureThatIsUndoneKeepsTheIds() {
        make(BATCHES_UNTIL_FULL);
        WriteSide writeSide = store.writeSide();
        writeSide.begin().eraseCalls(calls);
        writeSide.rollback();
        make(BATCHES_UNTIL_MOVED - BATCHES_UNTIL_FULL);
        assertThat(moved()).isEqualTo(BATCHES_UNTIL_FULL * BATCH);
        assertFound(calls);
    }

    @Test
    void aPartThatIsUndoneLeavesNoIdAndTakesNone() {
        List<Call> undone = newCalls("undone");
        WriteSide writeSide = store.writeSide();
        Transaction transaction = writeSide.begin();
        transaction.insertCalls(newCalls("kept"));
        assertThatThrownBy(() -> writeSide.part(() -> {
                    transaction.insertCalls(undone);
                    throw new IllegalArgumentException("of this part alone");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        writeSide.commit();
        make(BATCHES_UNTIL_MOVED);
        assertThat(idsOfNobody()).isEmpty();
        assertFound(calls);
    }

    private void make(int batches) {
        for (int i = 0; i < batches; i++) {
            List<Call> made = newCalls("id-" + calls.size());
            write(tx -> tx.insertCalls(made));
            calls.addAll(made);
        }
    }

    private List<Call> newCalls(String name) {
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            made.add(Given.call(store.numbers().next(), Given.ACME, name + '-' + i));
        }
        return made;
    }

    /** Numbers of calls that are not there, though their ids are in the table. */
    private List<Long> idsOfNobody() {
        return store.writer()
                .query("select call from external_ids where call not in (select no from calls)", row -> row.number(1));
    }

    private int moved() {
        return store.writer()
                .first("select count(*) from external_ids", row -> row.small(1))
                .orElseThrow();
    }

    /** By the writer all of them, and by readers some, each with its own number. */
    private void assertFound(List<Call> wanted) {
        write(tx -> {
            Map<ExternalKey, Call> found = tx.callsByExternalId(keys(wanted));
            assertThat(found).hasSameSizeAs(wanted);
            wanted.forEach(call -> assertThat(found.get(key(call)))
                    .isNotNull()
                    .extracting(Call::no)
                    .isEqualTo(call.no()));
        });
        for (int i = 0; i < wanted.size(); i += BATCH / 2) {
            Call call = wanted.get(i);
            CallFilter filter = new CallFilter(null, null, call.spec().externalId(), null, null);
            assertThat(store.records()
                            .calls(Given.ACME, filter, new PageRequest.Offset(10, 0))
                            .items())
                    .extracting(Call::no)
                    .containsExactly(call.no());
            assertThat(store.records()
                            .calls(Given.OTHER, filter, new PageRequest.Offset(10, 0))
                            .items())
                    .isEmpty();
        }
    }

    private static List<ExternalKey> keys(List<Call> calls) {
        return calls.stream().map(ExternalIdsTest::key).toList();
    }

    private static ExternalKey key(Call call) {
        return new ExternalKey(call.account(), String.valueOf(call.spec().externalId()));
    }

    private void reopen() {
        store.close();
        open();
    }

    private void write(Consumer<Transaction> work) {
        WriteSide writeSide = store.writeSide();
        work.accept(writeSide.begin());
        writeSide.commit();
        writeSide.betweenBatches();
    }
}
