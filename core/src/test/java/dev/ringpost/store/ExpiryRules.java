package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Limits;
import dev.ringpost.delivery.Rank;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.LoggedAttempt.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is older than the retention time goes. The store's clock stands still: what is old was made with old numbers. */
public interface ExpiryRules extends StoreUnderTest {
    Duration DAY = Duration.ofDays(1);
    Instant BEFORE = NOW.minus(DAY);
    int SLICE = 7;

    @Test
    default void oldEventsGoAndNewOnesStay() {
        Call call = call(BEFORE.minus(DAY), CallStatus.IN_PROGRESS);
        Event old = event(call, BEFORE.minusMillis(1));
        Event kept = event(call, BEFORE);
        expire();
        assertThat(records().event(ACME, old.no())).isEmpty();
        assertThat(records().event(ACME, kept.no())).isPresent();
        assertThat(records().call(ACME, call.no())).as("it is not over").isPresent();
    }

    @Test
    default void whatStillWaitsOfAnOldEventEndsAsCancelledAndIsLogged() {
        Call call = call(BEFORE.minus(DAY), CallStatus.IN_PROGRESS);
        Delivery fresh = delivery(event(call, BEFORE.minusSeconds(3)), 70);
        Delivery spilled = delivery(event(call, BEFORE.minusSeconds(2)), 70);
        Delivery tried = delivery(event(call, BEFORE.minusSeconds(1)), 70);
        Delivery young = delivery(event(call, BEFORE.plusSeconds(1)), 70);
        write(tx -> {
            tx.insertFresh(List.of(fresh, spilled, tried, young));
            tx.apply(List.of(
                    new LaneWrite.Spill(spilled),
                    new LaneWrite.Retry(tried, Rank.TRIED, 1, 1, 5000, 4000, Given.failure())));
        });
        expire();
        assertThat(backlog().fresh(0, 0, 10)).containsExactly(young);
        for (Delivery gone : List.of(fresh, spilled, tried)) {
            LoggedAttempt row = records().attemptsOf(ACME, gone.event(), 70).getFirst();
            assertThat(row.status()).isEqualTo(Status.CANCELLED);
            assertThat(row.isFinal()).isTrue();
            assertThat(row.call()).isEqualTo(call.no());
        }
        var head = backlog()
                .heads(List.of(new Effect.Load(70, new Limits(10, 10, 10, 10), false)))
                .getFirst();
        assertThat(head.untried().rows()).isEmpty();
        assertThat(head.tried().rows()).isEmpty();
        assertThat(records().queueLength(ACME, 70)).isZero();
    }

    @Test
    default void anAttemptThatCameLateStaysForItsOwnTime() {
        Delivery delivery = oldEventDeliveredNow();
        expire();
        assertThat(records().attemptsOf(ACME, delivery.event(), 70)).hasSize(1);
    }

    @Test
    default void attemptsGoByTheTimeOfTheirCompletion() {
        Delivery delivery = oldEventDeliveredNow();
        expireBefore(NOW.plusMillis(1));
        assertThat(records().attemptsOf(ACME, delivery.event(), 70)).isEmpty();
    }

    private Delivery oldEventDeliveredNow() {
        Call call = call(BEFORE.minus(DAY), CallStatus.IN_PROGRESS);
        Delivery delivery = delivery(event(call, BEFORE.minusSeconds(3)), 70);
        write(tx -> {
            tx.insertFresh(List.of(delivery));
            tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, Given.success())));
        });
        return delivery;
    }

    @Test
    default void endedCallsGoWithAllThatIsKnownOfThem() {
        Call over = call(BEFORE.minus(DAY), CallStatus.COMPLETED);
        Call goesOn = call(BEFORE.minus(DAY), CallStatus.IN_PROGRESS);
        Call young = call(BEFORE.plusSeconds(1), CallStatus.COMPLETED);
        write(tx -> tx.insertReportKeys(List.of(new ReportKey(over.no(), "k"))));
        expire();
        assertThat(records().call(ACME, over.no())).isEmpty();
        assertThat(records().call(ACME, goesOn.no())).isPresent();
        assertThat(records().call(ACME, young.no())).isPresent();
        String externalId = String.valueOf(over.spec().externalId());
        write(tx -> {
            assertThat(tx.knownReportKeys(List.of(new ReportKey(over.no(), "k"))))
                    .isEmpty();
            assertThat(tx.callsByExternalId(List.of(new ExternalKey(ACME, externalId))))
                    .isEmpty();
            assertThat(tx.erased(List.of(new ExternalKey(ACME, externalId))))
                    .as("it may be made again")
                    .isEmpty();
        });
    }

    @Test
    default void hashesOfErasedCallsStay() {
        Call call = call(BEFORE.minus(DAY), CallStatus.COMPLETED);
        write(tx -> tx.eraseCalls(List.of(call)));
        expire();
        CallNumber name = new CallNumber(ACME, call.no());
        write(tx -> assertThat(tx.erased(List.of(name))).containsExactly(name));
    }

    @Test
    default void manyGoInSlicesAndAPassEnds() {
        Call call = call(BEFORE.minus(DAY), CallStatus.IN_PROGRESS);
        for (int i = 0; i < 40; i++) {
            event(call, BEFORE.minusSeconds(60 - i));
        }
        int slices = expire();
        assertThat(slices).isGreaterThan(40 / SLICE);
        assertThat(records()
                        .events(ACME, new EventFilter(null, null, null, null), new PageRequest.Offset(1, 0))
                        .total())
                .isZero();
        assertThat(expire()).as("nothing is left").isLessThan(slices);
    }

    private Call call(Instant at, CallStatus status) {
        long no = number(at);
        Call made = Given.call(no, ACME, "ext-" + no);
        Call call = new Call(no, ACME, made.spec(), status, made.facts(), made.progress(), at, at);
        write(tx -> tx.insertCalls(List.of(call)));
        return call;
    }

    private Event event(Call call, Instant at) {
        long no = number(at);
        Event event = new Event(no, ACME, call.no(), 1, EventType.CALL_ENDED, at, new byte[] {'{', '}'});
        write(tx -> tx.insertEvents(List.of(event)));
        return event;
    }

    private static Delivery delivery(Event event, long endpoint) {
        return new Delivery(event.no(), endpoint, ACME, event.call(), 1, event.type());
    }

    private int expire() {
        return expireBefore(BEFORE);
    }

    /** How many slices it took. */
    private int expireBefore(Instant before) {
        int slices = 1;
        while (this.<Boolean>inTransaction(tx -> tx.expireSlice(before, SLICE))) {
            assertThat(slices++).as("slices").isLessThan(5000);
        }
        return slices;
    }

    /** A number that could have been made then. */
    private long number(Instant at) {
        return NumberSource.firstAt(at) + (numbers().next() & 0x3fff);
    }
}
