package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists read forwards, stretch after stretch: nothing is missing, nothing comes twice, and nothing is looked at twice. */
public interface StretchRules extends StoreUnderTest {
    EventFilter ANY_EVENT = new EventFilter(null, null, null, null);
    AttemptFilter ANY_ATTEMPT = new AttemptFilter(null, null, null, null, null, null, null, null);
    Stretch.Bound WIDE = new Stretch.Bound(100, 1 << 20);

    @Test
    default void aStretchGoesOnWhereTheOneBeforeEnded() {
        List<Event> events = insertEvents(ACME, 5, EventType.CALL_STARTED, 5);
        insertEvents(OTHER, 6, EventType.CALL_STARTED, 3);
        Stretch.Bound two = new Stretch.Bound(2, 1 << 20);
        Stretch<Event> first = records().eventsAfter(ACME, ANY_EVENT, 0, two);
        assertThat(numbers(first))
                .containsExactly(events.get(0).no(), events.get(1).no());
        assertThat(first.hasMore()).isTrue();
        Stretch<Event> second = records().eventsAfter(ACME, ANY_EVENT, first.end(), two);
        assertThat(numbers(second))
                .containsExactly(events.get(2).no(), events.get(3).no());
        Stretch<Event> third = records().eventsAfter(ACME, ANY_EVENT, second.end(), two);
        assertThat(numbers(third)).containsExactly(events.get(4).no());
        assertThat(third.hasMore()).isFalse();
        Stretch<Event> none = records().eventsAfter(ACME, ANY_EVENT, third.end(), two);
        assertThat(none).isEqualTo(new Stretch<>(List.of(), third.end(), false));
        Event late = insertEvents(ACME, 5, EventType.CALL_ENDED, 1).getFirst();
        assertThat(numbers(records().eventsAfter(ACME, ANY_EVENT, none.end(), two)))
                .containsExactly(late.no());
    }

    @Test
    default void aStretchHasNoMoreBytesThanItsLastItemAdds() {
        List<Event> events = insertEvents(ACME, 5, EventType.CALL_STARTED, 3);
        long one = events.getFirst().payload().length;
        assertThat(numbers(records().eventsAfter(ACME, ANY_EVENT, 0, new Stretch.Bound(100, 1))))
                .hasSize(1);
        Stretch<Event> two = records().eventsAfter(ACME, ANY_EVENT, 0, new Stretch.Bound(100, one + 1));
        assertThat(numbers(two))
                .containsExactly(events.get(0).no(), events.get(1).no());
        assertThat(two.hasMore()).isTrue();
    }

    /** Otherwise a stream of what is rare would look through all the rest again and again. */
    @Test
    default void aStretchEndsBehindWhatTheFilterLeftOut() {
        List<Event> others = insertEvents(ACME, 5, EventType.CALL_STARTED, 3);
        Event rare = insertEvents(ACME, 6, EventType.CALL_FAILED, 1).getFirst();
        Event last = insertEvents(ACME, 5, EventType.CALL_ENDED, 1).getFirst();
        EventFilter failed = new EventFilter(EventType.CALL_FAILED, null, null, null);
        Stretch<Event> stretch = records().eventsAfter(ACME, failed, 0, WIDE);
        assertThat(numbers(stretch)).containsExactly(rare.no());
        assertThat(stretch.end()).isEqualTo(last.no()).isEqualTo(records().newestEvent(ACME));
        EventFilter ofCall = new EventFilter(null, 5L, null, null);
        assertThat(numbers(records().eventsAfter(ACME, ofCall, others.get(1).no(), WIDE)))
                .containsExactly(others.get(2).no(), last.no());
        assertThat(records().newestEvent(OTHER)).isZero();
    }

    @Test
    default void whatIsErasedIsPassedOver() {
        Call call = Given.call(numbers().next(), ACME, null);
        write(tx -> tx.insertCalls(List.of(call)));
        Event before = insertEvents(ACME, 5, EventType.CALL_STARTED, 1).getFirst();
        Event erased = insertEvents(ACME, call.no(), EventType.CALL_STARTED, 1).getFirst();
        write(tx -> tx.eraseCalls(List.of(call)));
        assertThat(numbers(records().eventsAfter(ACME, ANY_EVENT, 0, WIDE))).containsExactly(before.no());
        Event after = insertEvents(ACME, 5, EventType.CALL_ENDED, 1).getFirst();
        assertThat(numbers(records().eventsAfter(ACME, ANY_EVENT, erased.no(), WIDE)))
                .containsExactly(after.no());
    }

    @Test
    default void theLogIsReadForwardsToo() {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            deliveries.add(Given.delivery(numbers().next(), i % 2 == 0 ? 70 : 71));
        }
        write(tx -> tx.insertFresh(deliveries));
        for (Delivery delivery : deliveries.reversed()) {
            write(tx -> tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, Given.success()))));
        }
        Stretch<LoggedAttempt> first = records().attemptsAfter(ACME, ANY_ATTEMPT, 0, new Stretch.Bound(3, 1 << 20));
        Stretch<LoggedAttempt> rest = records().attemptsAfter(ACME, ANY_ATTEMPT, first.end(), WIDE);
        List<LoggedAttempt> all = new ArrayList<>(first.items());
        all.addAll(rest.items());
        assertThat(all)
                .extracting(LoggedAttempt::event)
                .as("in the order in which they were logged")
                .containsExactlyElementsOf(
                        deliveries.reversed().stream().map(Delivery::event).toList());
        assertThat(rest.end()).isEqualTo(all.getLast().no()).isEqualTo(records().newestAttempt(ACME));
        AttemptFilter ofEndpoint = new AttemptFilter(Set.of(71L), null, null, null, null, null, null, null);
        assertThat(records().attemptsAfter(ACME, ofEndpoint, 0, WIDE).items()).hasSize(2);
        AttemptFilter ofBoth = new AttemptFilter(Set.of(70L, 71L), null, null, null, null, null, null, null);
        assertThat(records().attemptsAfter(ACME, ofBoth, first.end(), WIDE).items())
                .usingRecursiveComparison()
                .isEqualTo(rest.items());
        AttemptFilter ofEvent =
                new AttemptFilter(null, null, null, null, deliveries.getFirst().event(), null, null, null);
        assertThat(records().attemptsAfter(ACME, ofEvent, 0, WIDE).items()).hasSize(1);
        assertThat(records()
                        .attemptsAfter(ACME, ANY_ATTEMPT, 0, new Stretch.Bound(100, 3))
                        .items())
                .as("two answers of two bytes")
                .hasSize(2);
        assertThat(records().attemptsAfter(OTHER, ANY_ATTEMPT, 0, WIDE).items()).isEmpty();
        assertThat(records().newestAttempt(OTHER)).isZero();
    }

    private List<Event> insertEvents(long account, long call, EventType type, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Given.event(numbers().next(), account, call, type));
        }
        write(tx -> tx.insertEvents(events));
        return events;
    }

    private static List<Long> numbers(Stretch<Event> stretch) {
        return stretch.items().stream().map(Event::no).toList();
    }
}
