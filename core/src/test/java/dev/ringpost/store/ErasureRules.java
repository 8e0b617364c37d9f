package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Limits;
import dev.ringpost.delivery.Rank;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import dev.ringpost.store.LoggedAttempt.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Erasing calls and accounts. */
public interface ErasureRules extends StoreUnderTest {
    int ROWS = 10;

    @Test
    default void anErasedCallIsGoneAtOnceAndKnownAsErased() {
        Call call = Given.call(numbers().next(), ACME, "ext-1");
        Call other = Given.call(numbers().next(), ACME, "ext-2");
        Event event = Given.event(numbers().next(), ACME, call.no(), EventType.CALL_ENDED);
        CallTimer timer = new CallTimer(ACME, call.no(), CallTimer.Kind.CALL_TIMEOUT, NOW);
        write(tx -> {
            tx.insertCalls(List.of(call, other));
            tx.insertEvents(List.of(event));
            tx.setTimers(List.of(timer));
        });
        assertThat(erased(call, "ext-1")).isEmpty();
        write(tx -> tx.eraseCalls(List.of(call)));

        assertThat(records().call(ACME, call.no())).isEmpty();
        assertThat(records().event(ACME, event.no())).isEmpty();
        var page = new PageRequest.Offset(10, 0);
        assertThat(records()
                        .events(ACME, new EventFilter(null, null, null, null), page)
                        .total())
                .isZero();
        assertThat(backlog().payloads(List.of(event.no()))).isEmpty();
        assertThat(backlog().dueTimers(CallTimer.Kind.CALL_TIMEOUT, NOW, 10)).isEmpty();
        assertThat(erased(call, "ext-1"))
                .containsExactlyInAnyOrder(new CallNumber(ACME, call.no()), new ExternalKey(ACME, "ext-1"));
        write(tx -> assertThat(tx.erased(Set.of(new CallNumber(OTHER, call.no()), new ExternalKey(OTHER, "ext-1"))))
                .as("another account learns nothing")
                .isEmpty());
        assertThat(records().call(ACME, other.no())).contains(other);
        write(tx -> assertThat(tx.callsByExternalId(List.of(new ExternalKey(ACME, "ext-1"))))
                .isEmpty());
    }

    private Set<CallName> erased(Call call, String externalId) {
        return inTransaction(
                tx -> tx.erased(Set.of(new CallNumber(ACME, call.no()), new ExternalKey(ACME, externalId))));
    }

    @Test
    default void whatWaitsOfAnErasedCallEndsAsCancelled() {
        Call call = insertCall();
        List<Delivery> waiting = List.of(
                delivery(call, EventType.CALL_STARTED),
                delivery(call, EventType.CALL_ENDED),
                delivery(call, EventType.CALL_ANALYZED));
        write(tx -> {
            tx.insertFresh(waiting);
            tx.apply(List.of(
                    new LaneWrite.Spill(waiting.get(1)),
                    new LaneWrite.Retry(waiting.get(2), Rank.TRIED, 1, 1, 5000, 4000, Given.failure())));
        });
        write(tx -> tx.eraseCalls(List.of(call)));
        workOff();
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(queued(70)).isZero();
        for (Delivery delivery : waiting) {
            LoggedAttempt last = newest(delivery);
            assertThat(last.status()).isEqualTo(Status.CANCELLED);
            assertThat(last.isFinal()).isTrue();
            assertThat(last.call()).isNull();
            assertThat(last.test()).isFalse();
        }
    }

    @Test
    default void theLogOfAnErasedCallStaysWithoutAnswersAndCall() {
        Call call = insertCall();
        Delivery delivery = delivery(call, EventType.CALL_ENDED);
        write(tx -> {
            tx.insertFresh(List.of(delivery));
            tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, Given.success())));
        });
        assertThat(newest(delivery).responseBody()).isNotNull();
        write(tx -> tx.eraseCalls(List.of(call)));
        assertIsBare(newest(delivery));
        workOff();
        assertIsBare(newest(delivery));
        assertThat(records()
                        .attempts(
                                ACME,
                                new AttemptFilter(null, null, null, null, null, call.no(), null, null),
                                new PageRequest.Offset(10, 0))
                        .items())
                .isEmpty();
    }

    private static void assertIsBare(LoggedAttempt row) {
        assertThat(row.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(row.responseStatus()).isEqualTo(200);
        assertThat(row.call()).isNull();
        assertThat(row.responseBody()).isNull();
        assertThat(row.responseHeaders()).isEmpty();
        assertThat(row.test()).isFalse();
    }

    @Test
    default void aLateResultRevivesNothing() {
        Call call = insertCall();
        Delivery before = delivery(call, EventType.CALL_STARTED);
        Delivery after = delivery(call, EventType.CALL_ENDED);
        Delivery failed = delivery(call, EventType.CALL_ANALYZED);
        write(tx -> {
            tx.insertFresh(List.of(before, after, failed));
            tx.eraseCalls(List.of(call));
        });
        write(tx -> tx.apply(List.of(
                new LaneWrite.Finish(before, 1, DeliveryEnd.SUCCEEDED, Given.success()),
                new LaneWrite.Retry(failed, Rank.TRIED, 1, 1, 5000, 4000, Given.failure()))));
        workOff();
        write(tx -> tx.apply(List.of(new LaneWrite.Finish(after, 1, DeliveryEnd.SUCCEEDED, Given.success()))));

        assertIsBare(newest(before));
        assertThat(newest(before).isFinal()).isTrue();
        assertThat(newest(failed).isFinal()).isTrue();
        assertThat(newest(failed).nextRetryAt()).isNull();
        assertThat(queued(70)).isZero();
        assertIsBare(newest(after));
        assertThat(newest(after).isFinal())
                .as("the row that ended it is there already")
                .isFalse();
    }

    @Test
    default void aKeptAnswerAboutTheCallIsErasedWithIt() {
        Call call = insertCall();
        KeptAnswer answer =
                new KeptAnswer(numbers().next(), ACME, "r", "b", call.no(), 201, "application/json", null, new byte[9]);
        write(tx -> tx.keepAnswer(answer));
        assertThat(records().keptAnswer(ACME, "r")).isPresent();
        write(tx -> tx.eraseCalls(List.of(call)));
        assertThat(records().keptAnswer(ACME, "r")).isEmpty();
    }

    @Test
    default void aBigCallIsWorkedOffInSlices() {
        Call call = insertCall();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(Given.event(numbers().next(), ACME, call.no(), EventType.TRANSCRIPT_PARTIAL));
        }
        write(tx -> {
            tx.insertEvents(events);
            tx.insertReportKeys(List.of(new ReportKey(call.no(), "k1"), new ReportKey(call.no(), "k2")));
            tx.eraseCalls(List.of(call));
        });
        assertThat(workOff()).isBetween(5, 12);
        write(tx -> assertThat(tx.knownReportKeys(List.of(new ReportKey(call.no(), "k1"))))
                .isEmpty());
    }

    @Test
    default void ofADeletedAccountNothingStays() {
        Call call = insertCall();
        Call theirs = Given.call(numbers().next(), OTHER, "ext-1");
        Delivery delivery = delivery(call, EventType.CALL_ENDED);
        Delivery waiting = delivery(call, EventType.CALL_ANALYZED);
        write(tx -> {
            tx.insertAccount(Given.account(ACME));
            tx.insertWebhook(Given.webhook(70, ACME, "https://example.com/hook"));
            tx.insertCalls(List.of(theirs));
            tx.insertFresh(List.of(delivery, waiting));
            tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, Given.success())));
            tx.setTimers(List.of(new CallTimer(ACME, call.no(), CallTimer.Kind.CALL_TIMEOUT, NOW)));
        });
        count(ACME, 70);
        count(OTHER, 80);
        write(tx -> assertThat(tx.deleteAccount(ACME)).isPresent());
        workOff();
        for (Interval interval : List.of(Interval.MINUTE, Interval.HOUR)) {
            assertThat(counts(ACME, 70, interval)).isEmpty();
            assertThat(counts(OTHER, 80, interval)).hasSize(ROWS + 1);
        }
        assertThat(records().call(ACME, call.no())).isEmpty();
        assertThat(records().event(ACME, delivery.event())).isEmpty();
        assertThat(records().attemptsOf(ACME, delivery.event(), 70)).isEmpty();
        assertThat(records().attemptsOf(ACME, waiting.event(), 70)).isEmpty();
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(backlog().dueTimers(CallTimer.Kind.CALL_TIMEOUT, NOW, 10)).isEmpty();
        assertThat(records().call(OTHER, theirs.no())).contains(theirs);
    }

    private Call insertCall() {
        Call call = Given.call(numbers().next(), ACME, null);
        write(tx -> tx.insertCalls(List.of(call)));
        return call;
    }

    /** A delivery of an event that is stored. */
    private Delivery delivery(Call call, EventType type) {
        Event event = Given.event(numbers().next(), ACME, call.no(), type);
        write(tx -> tx.insertEvents(List.of(event)));
        return new Delivery(event.no(), 70, ACME, call.no(), 1, type);
    }

    private LoggedAttempt newest(Delivery delivery) {
        return records().attemptsOf(ACME, delivery.event(), 70).getFirst();
    }

    private int queued(long endpoint) {
        var head = backlog()
                .heads(List.of(new Effect.Load(endpoint, new Limits(10, 10, 10, 10), false)))
                .getFirst();
        return head.untried().rows().size() + head.tried().rows().size();
    }

    /** More than goes in a slice. */
    private void count(long account, long endpoint) {
        Counts one = new Counts(1, 0, 0, Attempts.NONE, LagHistogram.EMPTY);
        for (Interval interval : List.of(Interval.MINUTE, Interval.HOUR)) {
            for (int i = 0; i <= ROWS; i++) {
                Instant at = interval.startOf(NOW).minus(interval.length().multipliedBy(i));
                write(tx -> tx.addCounts(List.of(new Counted(interval, at, account, endpoint, one))));
            }
        }
    }

    private List<Counted> counts(long account, long endpoint, Interval interval) {
        Instant start = interval.startOf(NOW);
        return records()
                .counts(
                        account,
                        endpoint,
                        interval,
                        start.minus(interval.length().multipliedBy(ROWS)),
                        start.plus(interval.length()));
    }

    /** How many slices it took. */
    private int workOff() {
        int slices = 1;
        while (this.<Boolean>inTransaction(tx -> tx.eraseSlice(ROWS))) {
            assertThat(slices++).as("slices").isLessThan(1000);
        }
        return slices;
    }
}
