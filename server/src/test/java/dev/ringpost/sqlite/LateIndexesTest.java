package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.Given;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.store.Stretch;
import dev.ringpost.store.Transaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lists say what the tables hold, wherever the rows are on their way into the indexes: after transactions at random, some
 * undone, some of rows whose numbers are older than what is indexed, with restarts and erasures between them.
 */
@SuppressWarnings("NullAway.Init") // set by each test
class LateIndexesTest {
    private static final int STEPS = 150;
    private static final int ACCOUNTS = 3;
    private static final int AGENTS = 2;
    private static final int ENDPOINTS = 3;
    private static final int NOT_INDEXED = 12;
    private static final List<EventType> TYPES =
            List.of(EventType.CALL_STARTED, EventType.CALL_ENDED, EventType.CALL_ANALYZED);

    private static final List<CallStatus> STATUSES =
            List.of(CallStatus.QUEUED, CallStatus.IN_PROGRESS, CallStatus.COMPLETED, CallStatus.FAILED);

    @TempDir
    Path folder;

    private SqliteStore store;
    private Random random;
    private final List<Call> calls = new ArrayList<>();
    private final List<Long> oldNumbers = new ArrayList<>();

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void listsSayWhatTheTablesHold(long seed) {
        random = new Random(seed);
        open();
        for (int i = 0; i < STEPS; i++) {
            step();
            for (int j = random.nextInt(4); j > 0; j--) {
                store.writeSide().betweenBatches();
            }
            if (i % 5 == 0) {
                check();
            }
        }
        assertThat(all("select upto from indexed")).isNotEqualTo(List.of(0L));
    }

    @Test
    void whatCouldNotBePutIntoAnIndexIsFoundAllTheSameAndPutThereLater() {
        random = new Random(7);
        open();
        store.writer()
                .execute(
                        "create trigger refused before insert on attempts_by_account begin select raise(abort, 'no'); end");
        for (int i = 0; i < STEPS; i++) {
            write(this::report);
            store.writeSide().betweenBatches();
        }
        check();
        assertThat(all("select upto from indexed")).containsExactly(0L);

        store.writer().execute("drop trigger refused");
        for (int i = 0; i < STEPS; i++) {
            write(this::report);
            store.writeSide().betweenBatches();
        }
        check();
        assertThat(all("select upto from indexed").getFirst()).isPositive();
        assertThat(all("select count(*) from recent_attempts").getFirst()).isLessThan(STEPS);
    }

    private void open() {
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW), NOT_INDEXED);
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0 -> {
                store.close();
                open();
                // They are given again.
                oldNumbers.clear();
            }
            case 1 -> {
                WriteSide writeSide = store.writeSide();
                Transaction undone = writeSide.begin();
                undone.insertCalls(newCalls(random.nextInt(1, 5)));
                writeSide.rollback();
            }
            case 2 -> oldNumbers.add(store.numbers().next());
            case 3, 4 -> {
                if (!calls.isEmpty()) {
                    Call erased = calls.remove(random.nextInt(calls.size()));
                    write(tx -> tx.eraseCalls(List.of(erased)));
                }
            }
            case 5, 6 -> write(tx -> tx.eraseSlice(2));
            case 7, 8, 9 -> {
                if (!calls.isEmpty()) {
                    int which = random.nextInt(calls.size());
                    Call changed = with(STATUSES.get(random.nextInt(STATUSES.size())), calls.get(which));
                    write(tx -> tx.updateCalls(List.of(changed)));
                    calls.set(which, changed);
                }
            }
            default -> write(this::report);
        }
    }

    /** New calls; and events of any, with a delivery each. */
    private void report(Transaction transaction) {
        List<Call> made = newCalls(random.nextInt(3));
        transaction.insertCalls(made);
        calls.addAll(made);
        if (calls.isEmpty()) {
            return;
        }
        List<LaneWrite> ends = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Call call = calls.get(random.nextInt(calls.size()));
            EventType type = TYPES.get(random.nextInt(TYPES.size()));
            Event event = Given.event(number(), call.account(), call.no(), type);
            Delivery delivery = new Delivery(
                    event.no(),
                    endpoint(call.account(), random.nextInt(ENDPOINTS)),
                    call.account(),
                    call.no(),
                    1,
                    type);
            transaction.insertEvents(List.of(event));
            transaction.insertFresh(List.of(delivery));
            ends.add(new LaneWrite.Finish(
                    delivery,
                    1,
                    random.nextInt(4) == 0 ? DeliveryEnd.GAVE_UP : DeliveryEnd.SUCCEEDED,
                    Given.success()));
        }
        transaction.apply(ends);
    }

    private List<Call> newCalls(int count) {
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(Call.create(
                    number(),
                    1 + random.nextInt(ACCOUNTS),
                    Given.spec(null, "agent-" + random.nextInt(AGENTS)),
                    Given.NOW));
        }
        return made;
    }

    private static Call with(CallStatus status, Call call) {
        return new Call(
                call.no(),
                call.account(),
                call.spec(),
                status,
                call.facts(),
                call.progress(),
                call.createdAt(),
                call.updatedAt());
    }

    private long number() {
        return oldNumbers.isEmpty() ? store.numbers().next() : oldNumbers.removeLast();
    }

    private static long endpoint(long account, int which) {
        return account * 10 + which;
    }

    private void write(Consumer<Transaction> work) {
        WriteSide writeSide = store.writeSide();
        work.accept(writeSide.begin());
        writeSide.commit();
    }

    private void check() {
        Records records = store.records();
        for (long account = 1; account <= ACCOUNTS; account++) {
            checkCalls(records, account);
            checkStatuses(records, account);
            checkEvents(records, account);
            checkAttempts(records, account);
        }
    }

    private void checkCalls(Records records, long account) {
        checkList(
                "from calls where account = " + account,
                page -> records.calls(account, new CallFilter(null, null, null, null, null), page),
                Call::no);
        for (int i = 0; i < AGENTS; i++) {
            String agent = "agent-" + i;
            checkList(
                    "from calls where account = " + account + " and agent = '" + agent + "'",
                    page -> records.calls(account, new CallFilter(agent, null, null, null, null), page),
                    Call::no);
        }
    }

    private void checkStatuses(Records records, long account) {
        for (CallStatus status : STATUSES) {
            String from = "from calls where account = " + account + " and status = '" + status.wireName() + "'";
            checkList(
                    from,
                    page -> records.calls(account, new CallFilter(null, status, null, null, null), page),
                    Call::no);
            checkList(
                    from + " and agent = 'agent-0'",
                    page -> records.calls(account, new CallFilter("agent-0", status, null, null, null), page),
                    Call::no);
        }
    }

    private void checkEvents(Records records, long account) {
        String kept = "from events where call not in (select call from erasures) and account = " + account;
        checkList(kept, page -> records.events(account, new EventFilter(null, null, null, null), page), Event::no);
        for (EventType type : TYPES) {
            checkList(
                    kept + " and type = " + type.code(),
                    page -> records.events(account, new EventFilter(type, null, null, null), page),
                    Event::no);
        }
        List<Long> numbers = all("select no " + kept + " order by no");
        long after = numbers.isEmpty() ? 0 : numbers.get(random.nextInt(numbers.size()));
        Stretch<Event> stretch = records.eventsAfter(
                account, new EventFilter(null, null, null, null), after, new Stretch.Bound(5, Long.MAX_VALUE));
        assertThat(stretch.items().stream().map(Event::no))
                .isEqualTo(numbers.stream().filter(no -> no > after).limit(5).toList());
        assertThat(records.newestEvent(account))
                .isEqualTo(all("select coalesce(max(no), 0) from events where account = " + account)
                        .getFirst());
    }

    private void checkAttempts(Records records, long account) {
        String log = "from attempts where account = " + account;
        checkAttempts(records, account, log, null, null);
        for (EventType type : TYPES) {
            checkAttempts(records, account, log + " and type = " + type.code(), null, type);
        }
        for (int i = 0; i < ENDPOINTS; i++) {
            Set<Long> endpoints = Set.of(endpoint(account, i), endpoint(account, (i + 1) % ENDPOINTS));
            String of = log + " and endpoint in (" + endpoint(account, i) + ", "
                    + endpoint(account, (i + 1) % ENDPOINTS) + ")";
            checkAttempts(records, account, of, endpoints, null);
            checkAttempts(
                    records,
                    account,
                    log + " and type = " + TYPES.getFirst().code() + " and endpoint = " + endpoint(account, i),
                    Set.of(endpoint(account, i)),
                    TYPES.getFirst());
        }
        List<Long> numbers = all("select no " + log + " order by no");
        long after = numbers.isEmpty() ? 0 : numbers.get(random.nextInt(numbers.size()));
        Stretch<LoggedAttempt> stretch = records.attemptsAfter(
                account,
                new AttemptFilter(null, null, null, null, null, null, null, null),
                after,
                new Stretch.Bound(5, Long.MAX_VALUE));
        assertThat(stretch.items().stream().map(LoggedAttempt::no))
                .isEqualTo(numbers.stream().filter(no -> no > after).limit(5).toList());
        assertThat(records.newestAttempt(account))
                .isEqualTo(all("select coalesce(max(no), 0) " + log).getFirst());
    }

    private void checkAttempts(
            Records records, long account, String from, @Nullable Set<Long> endpoints, @Nullable EventType type) {
        checkList(
                from,
                page -> records.attempts(
                        account, new AttemptFilter(endpoints, type, null, null, null, null, null, null), page),
                LoggedAttempt::no);
    }

    private <T> void checkList(String from, Function<PageRequest, Page<T>> list, ToLongFunction<T> number) {
        List<Long> expected = all("select no " + from + " order by no desc");
        Page<T> all = list.apply(new PageRequest.Offset(200, 0));
        assertThat(numbers(all, number)).isEqualTo(expected.stream().limit(200).toList());
        assertThat(all.total()).isEqualTo(expected.size());
        if (!expected.isEmpty()) {
            int at = random.nextInt(expected.size());
            Page<T> part = list.apply(new PageRequest.Cursor(3, expected.get(at)));
            assertThat(numbers(part, number))
                    .isEqualTo(expected.stream().skip(at + 1L).limit(3).toList());
        }
    }

    private static <T> List<Long> numbers(Page<T> page, ToLongFunction<T> number) {
        return page.items().stream().map(number::applyAsLong).toList();
    }

    private List<Long> all(String sql) {
        return store.writer().query(sql, row -> row.number(1));
    }
}
