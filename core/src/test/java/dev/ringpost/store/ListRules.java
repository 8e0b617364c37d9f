package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallFacts;
import dev.ringpost.call.CallProgress;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages, newest first: by offset with a total, by cursor without. */
public interface ListRules extends StoreUnderTest {
    CallFilter ANY_CALL = new CallFilter(null, null, null, null, null);

    @Test
    default void pagesByOffset() {
        List<Call> calls = insertCalls(5);
        Page<Call> first = records().calls(ACME, ANY_CALL, new PageRequest.Offset(2, 0));
        assertThat(first).isEqualTo(new Page<>(List.of(calls.get(4), calls.get(3)), 5, true));
        Page<Call> last = records().calls(ACME, ANY_CALL, new PageRequest.Offset(2, 4));
        assertThat(last).isEqualTo(new Page<>(List.of(calls.get(0)), 5, false));
        Page<Call> beyond = records().calls(ACME, ANY_CALL, new PageRequest.Offset(2, 9));
        assertThat(beyond).isEqualTo(new Page<Call>(List.of(), 5, false));
        Page<Call> exact = records().calls(ACME, ANY_CALL, new PageRequest.Offset(5, 0));
        assertThat(exact.hasMore()).isFalse();
    }

    @Test
    default void pagesByCursorStayPutWhileRowsAreAdded() {
        List<Call> calls = insertCalls(4);
        Page<Call> first = records().calls(ACME, ANY_CALL, new PageRequest.Cursor(2, null));
        assertThat(first).isEqualTo(new Page<>(List.of(calls.get(3), calls.get(2)), -1, true));
        insertCalls(3);
        Page<Call> second = records()
                .calls(
                        ACME,
                        ANY_CALL,
                        new PageRequest.Cursor(2, first.items().getLast().no()));
        assertThat(second).isEqualTo(new Page<>(List.of(calls.get(1), calls.get(0)), -1, false));
    }

    @Test
    default void nobodyCountsBeyondTheCap() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i <= Page.COUNT_CAP; i++) {
            events.add(Given.event(numbers().next(), ACME, 5, EventType.CALL_STARTED));
        }
        write(tx -> tx.insertEvents(events));
        Page<Event> page =
                records().events(ACME, new EventFilter(null, null, null, null), new PageRequest.Offset(1, 0));
        assertThat(page.total()).isEqualTo(Page.COUNT_CAP);
        assertThat(page.items().getFirst().no()).isEqualTo(events.getLast().no());
    }

    @Test
    default void callsAreFiltered() {
        Call plain = Given.call(numbers().next(), ACME, "ext-a");
        Call other = call("agent-2", CallStatus.COMPLETED, NOW.plusSeconds(60));
        write(tx -> tx.insertCalls(List.of(plain, other)));
        assertThat(calls(ANY_CALL)).containsExactly(other, plain);
        assertThat(calls(new CallFilter("agent-2", null, null, null, null))).containsExactly(other);
        assertThat(calls(new CallFilter("agent-2", CallStatus.QUEUED, null, null, null)))
                .isEmpty();
        assertThat(calls(new CallFilter(null, CallStatus.QUEUED, null, null, null)))
                .containsExactly(plain);
        assertThat(calls(new CallFilter(null, null, "ext-a", null, null))).containsExactly(plain);
        assertThat(calls(new CallFilter(null, null, null, NOW, null))).hasSize(2);
        assertThat(calls(new CallFilter(null, null, null, NOW.plusNanos(1), null)))
                .containsExactly(other);
        assertThat(calls(new CallFilter(null, null, null, null, NOW.plusSeconds(60))))
                .containsExactly(plain);
        assertThat(calls(new CallFilter(null, null, null, NOW, NOW))).isEmpty();
    }

    @Test
    default void eventsAreFiltered() {
        Event started = Given.event(numbers().next(), ACME, 5, EventType.CALL_STARTED);
        Event ended = Given.event(numbers().next(), ACME, 5, EventType.CALL_ENDED);
        Event elsewhere = Given.event(numbers().next(), ACME, 6, EventType.CALL_ENDED);
        write(tx -> tx.insertEvents(List.of(started, ended, elsewhere)));
        assertThat(events(null, null, null, null)).containsExactly(elsewhere.no(), ended.no(), started.no());
        assertThat(events(EventType.CALL_ENDED, null, null, null)).containsExactly(elsewhere.no(), ended.no());
        assertThat(events(EventType.CALL_ENDED, 5L, null, null)).containsExactly(ended.no());
        assertThat(events(null, 5L, NOW, NOW.plusMillis(1))).containsExactly(ended.no(), started.no());
        assertThat(events(null, 5L, null, NOW)).isEmpty();
    }

    private List<Call> insertCalls(int count) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(Given.call(numbers().next(), ACME, null));
        }
        write(tx -> tx.insertCalls(calls));
        return calls;
    }

    private Call call(String agent, CallStatus status, Instant created) {
        return new Call(
                numbers().next(),
                ACME,
                Given.spec(null, agent),
                status,
                CallFacts.NONE,
                CallProgress.START,
                created,
                created);
    }

    private List<Call> calls(CallFilter filter) {
        return records().calls(ACME, filter, new PageRequest.Offset(50, 0)).items();
    }

    private List<Long> events(
            @Nullable EventType type, @Nullable Long call, @Nullable Instant since, @Nullable Instant until) {
        return records()
                .events(ACME, new EventFilter(type, call, since, until), new PageRequest.Offset(50, 0))
                .items()
                .stream()
                .map(Event::no)
                .toList();
    }
}
