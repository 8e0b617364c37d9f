package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.store.CallTimer.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Calls, events, report keys and timers. */
public interface CallRules extends StoreUnderTest {
    @Test
    default void aCallComesBackAsItWas() {
        Call call = Given.fullCall(numbers().next(), ACME);
        write(tx -> tx.insertCalls(List.of(call)));
        assertThat(records().call(ACME, call.no())).contains(call);
        write(tx -> assertThat(tx.calls(List.of(call.no(), 5_000L))).hasSize(1).containsEntry(call.no(), call));
    }

    @Test
    default void aCallKnownByLittleComesBackToo() {
        Call call = Given.call(numbers().next(), ACME, null);
        write(tx -> tx.insertCalls(List.of(call)));
        assertThat(records().call(ACME, call.no())).contains(call);
    }

    @Test
    default void anUpdateReplacesTheCall() {
        Call before = Given.call(numbers().next(), ACME, "ext-1");
        Call full = Given.fullCall(before.no(), ACME);
        Call after = new Call(
                before.no(),
                ACME,
                before.spec(),
                CallStatus.COMPLETED,
                full.facts(),
                full.progress(),
                before.createdAt(),
                NOW.plusSeconds(9));
        write(tx -> tx.insertCalls(List.of(before)));
        write(tx -> {
            tx.updateCalls(List.of(after));
            assertThat(tx.calls(List.of(before.no()))).containsValue(after);
        });
        assertThat(records().call(ACME, before.no())).contains(after);
    }

    @Test
    default void callsAreFoundByExternalIdInTheirAccountOnly() {
        Call mine = Given.call(numbers().next(), ACME, "a \"b\"");
        Call theirs = Given.call(numbers().next(), OTHER, "a \"b\"");
        Call unnamed = Given.call(numbers().next(), OTHER, null);
        ExternalKey key = new ExternalKey(ACME, "a \"b\"");
        ExternalKey unknown = new ExternalKey(ACME, "none");
        write(tx -> {
            tx.insertCalls(List.of(mine, theirs, unnamed));
            assertThat(tx.callsByExternalId(List.of(key, unknown))).hasSize(1).containsEntry(key, mine);
            assertThat(tx.callsByExternalId(List.of())).isEmpty();
        });
    }

    @Test
    default void anotherAccountsCallsAndEventsAreNeverFound() {
        Call call = Given.call(numbers().next(), ACME, "ext");
        Event event = Given.event(numbers().next(), ACME, call.no(), EventType.CALL_STARTED);
        write(tx -> {
            tx.insertCalls(List.of(call));
            tx.insertEvents(List.of(event));
        });
        var page = new PageRequest.Offset(10, 0);
        assertThat(records().call(OTHER, call.no())).isEmpty();
        assertThat(records().event(OTHER, event.no())).isEmpty();
        assertThat(records()
                        .calls(OTHER, new CallFilter(null, null, "ext", null, null), page)
                        .items())
                .isEmpty();
        assertThat(records()
                        .events(OTHER, new EventFilter(null, call.no(), null, null), page)
                        .items())
                .isEmpty();
        assertThat(records()
                        .events(OTHER, new EventFilter(null, null, null, null), page)
                        .total())
                .isZero();
    }

    @Test
    default void anEventComesBackWithItsBytes() {
        Event event = Given.event(numbers().next(), ACME, 5, EventType.TRANSCRIPT_FINAL);
        write(tx -> tx.insertEvents(List.of(event)));
        Event found = records().event(ACME, event.no()).orElseThrow();
        assertThat(found).usingRecursiveComparison().isEqualTo(event);
        assertThat(backlog().payloads(List.of(event.no(), 9L)))
                .hasSize(1)
                .hasEntrySatisfying(event.no(), bytes -> assertThat(bytes).isEqualTo(event.payload()));
    }

    @Test
    default void aReportKeyIsKnownForItsCall() {
        ReportKey key = new ReportKey(1, "k'\"ü");
        write(tx -> {
            tx.insertReportKeys(List.of(key, new ReportKey(2, "other")));
            tx.insertReportKeys(List.of(key));
        });
        Set<ReportKey> known = inTransaction(
                tx -> tx.knownReportKeys(List.of(key, new ReportKey(2, "k'\"ü"), new ReportKey(1, "other"))));
        assertThat(known).containsExactly(key);
    }

    @Test
    default void manyAreReadAtOnce() {
        List<Call> calls = LongStream.range(0, 3000)
                .mapToObj(i -> Given.call(numbers().next(), ACME, "ext-" + i))
                .toList();
        write(tx -> tx.insertCalls(calls));
        write(tx -> {
            assertThat(tx.calls(calls.stream().map(Call::no).toList())).hasSize(3000);
            assertThat(tx.callsByExternalId(calls.stream()
                            .map(call -> new ExternalKey(
                                    ACME, "ext-" + (call.no() - calls.getFirst().no())))
                            .toList()))
                    .hasSize(3000);
        });
    }

    @Test
    default void timersAreSetMovedAndCleared() {
        CallTimer wait = new CallTimer(ACME, 1, Kind.ANALYSIS_WAIT, NOW.plusSeconds(10));
        CallTimer timeout = new CallTimer(ACME, 1, Kind.CALL_TIMEOUT, NOW.plusSeconds(20));
        CallTimer sooner = new CallTimer(ACME, 1, Kind.CALL_TIMEOUT, NOW.plusSeconds(5));
        CallTimer other = new CallTimer(OTHER, 2, Kind.CALL_TIMEOUT, NOW.plusSeconds(7));
        write(tx -> tx.setTimers(List.of(wait, timeout)));
        assertThat(due(Kind.CALL_TIMEOUT, 10, 10)).isEmpty();
        assertThat(due(Kind.CALL_TIMEOUT, 20, 10)).containsExactly(timeout);
        write(tx -> tx.setTimers(List.of(timeout, sooner, other)));
        assertThat(due(Kind.CALL_TIMEOUT, 10, 10)).containsExactly(sooner, other);
        assertThat(due(Kind.CALL_TIMEOUT, 10, 1)).containsExactly(sooner);
        assertThat(due(Kind.ANALYSIS_WAIT, 9, 10)).isEmpty();
        assertThat(due(Kind.ANALYSIS_WAIT, 10, 10)).containsExactly(wait);
        write(tx -> tx.setTimers(List.of(new CallTimer(ACME, 1, Kind.CALL_TIMEOUT, null))));
        assertThat(due(Kind.CALL_TIMEOUT, 10, 10)).containsExactly(other);
        assertThat(due(Kind.ANALYSIS_WAIT, 10, 10)).containsExactly(wait);
    }

    private List<CallTimer> due(Kind kind, int second, int limit) {
        return backlog().dueTimers(kind, NOW.plusSeconds(second), limit);
    }
}
