package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import dev.ringpost.webhook.WebhookKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers over time, and how endpoints are doing now. */
public interface CountRules extends StoreUnderTest {
    Instant HOUR = Interval.HOUR.startOf(NOW);
    Duration ONE_HOUR = Duration.ofHours(1);
    Counts SOME = new Counts(5, 3, 1, new Attempts(3, 4), LagHistogram.ofMillis(3, 40, 1_000_000));

    @Test
    default void whatIsCountedAddsUp() {
        Counts more = new Counts(1, 0, 0, Attempts.NONE, LagHistogram.ofMillis(40));
        write(tx -> tx.addCounts(List.of(hour(70, HOUR, SOME), hour(70, HOUR, more), hour(71, HOUR, more))));
        write(tx -> tx.addCounts(List.of(hour(70, HOUR, SOME))));
        assertThat(hours(ACME, 70))
                .containsExactly(hour(70, HOUR, SOME.plus(more).plus(SOME)));
        assertThat(hours(ACME, 71)).containsExactly(hour(71, HOUR, more));
        assertThat(hours(ACME, 72)).isEmpty();
        assertThat(hours(OTHER, 70)).isEmpty();
    }

    @Test
    default void intervalsAreFoundByTheirBegin() {
        Instant last = HOUR.plus(ONE_HOUR.multipliedBy(2));
        write(tx -> tx.addCounts(List.of(hour(70, HOUR, SOME), hour(70, last, SOME))));
        assertThat(records().counts(ACME, 70, Interval.HOUR, HOUR, last.plus(ONE_HOUR)))
                .containsExactly(hour(70, HOUR, SOME), hour(70, last, SOME));
        assertThat(records().counts(ACME, 70, Interval.HOUR, HOUR, last)).containsExactly(hour(70, HOUR, SOME));
        assertThat(records().counts(ACME, 70, Interval.HOUR, HOUR.plus(ONE_HOUR), last.plus(ONE_HOUR)))
                .containsExactly(hour(70, last, SOME));
        assertThat(records().counts(ACME, 70, Interval.HOUR, HOUR, HOUR)).isEmpty();
    }

    @Test
    default void minutesAndHoursAreApart() {
        Counted minute = new Counted(Interval.MINUTE, HOUR, ACME, Counted.WHOLE_ACCOUNT, SOME);
        write(tx -> tx.addCounts(List.of(minute)));
        assertThat(hours(ACME, Counted.WHOLE_ACCOUNT)).isEmpty();
        assertThat(records().counts(ACME, Counted.WHOLE_ACCOUNT, Interval.MINUTE, HOUR, HOUR.plusSeconds(60)))
                .containsExactly(minute);
    }

    @Test
    default void attemptsOfManyEndpointsAreSummedUp() {
        Instant next = HOUR.plus(ONE_HOUR);
        write(tx -> tx.addCounts(List.of(
                hour(70, HOUR.minus(ONE_HOUR), SOME),
                hour(70, HOUR, SOME),
                hour(70, next, SOME),
                hour(71, next, SOME),
                hour(72, next, SOME),
                hour(70, next.plus(ONE_HOUR), SOME))));
        assertThat(records().attempts(ACME, List.of(70L, 71L, 73L), HOUR, next.plus(ONE_HOUR)))
                .isEqualTo(Map.of(70L, new Attempts(6, 8), 71L, new Attempts(3, 4)));
        assertThat(records().attempts(OTHER, List.of(70L), HOUR, next.plus(ONE_HOUR)))
                .isEmpty();
        assertThat(records().attempts(ACME, List.of(), HOUR, next.plus(ONE_HOUR)))
                .isEmpty();
    }

    @Test
    default void whatIsTooOldIsForgottenAPartAtATime() {
        Instant old = HOUR.minus(ONE_HOUR);
        Counted minute = new Counted(Interval.MINUTE, old, ACME, Counted.WHOLE_ACCOUNT, SOME);
        write(tx -> tx.addCounts(List.of(hour(70, old, SOME), hour(71, old, SOME), hour(70, HOUR, SOME), minute)));
        assertThat(this.<Integer>inTransaction(tx -> tx.forgetCounts(Interval.HOUR, HOUR, 1)))
                .isOne();
        assertThat(this.<Integer>inTransaction(tx -> tx.forgetCounts(Interval.HOUR, HOUR, 9)))
                .isOne();
        assertThat(this.<Integer>inTransaction(tx -> tx.forgetCounts(Interval.HOUR, HOUR, 9)))
                .isZero();
        assertThat(hours(ACME, 70)).containsExactly(hour(70, HOUR, SOME));
        assertThat(hours(ACME, 71)).isEmpty();
        assertThat(records().counts(ACME, Counted.WHOLE_ACCOUNT, Interval.MINUTE, old, HOUR))
                .containsExactly(minute);
    }

    @Test
    default void whatWaitsAndFailsIsSummedUp() {
        write(tx -> {
            for (long endpoint = 70; endpoint < 75; endpoint++) {
                tx.insertWebhook(Given.webhook(endpoint, ACME, "https://example.com/" + endpoint));
            }
            tx.insertFresh(List.of(waiting(1, 70), waiting(2, 70), waiting(3, 71), waiting(4, 74)));
            tx.apply(List.of(
                    retry(waiting(1, 70)),
                    retry(waiting(2, 70)),
                    retry(waiting(3, 71)),
                    retry(waiting(4, 74)),
                    save(70, new Health(5, 99, 0, 9, "status 500", 9, 1)),
                    save(72, new Health(1, 0, 8, 9, "status 500", 9, 1)),
                    save(73, new Health(0, 0, 9, 0, null, 0, 0))));
            tx.deleteWebhook(ACME, 74);
        });
        assertThat(records().standing(ACME)).isEqualTo(new Standing(3, 1, 1));
        assertThat(records().standing(OTHER)).isEqualTo(new Standing(0, 0, 0));
        assertThat(failing(true)).containsExactly(72L, 70L);
        assertThat(failing(false)).containsExactly(73L, 71L);
    }

    private List<Long> failing(boolean failing) {
        return records()
                .webhooks(
                        ACME,
                        new WebhookFilter(WebhookKind.ACCOUNT, null, failing, null),
                        new PageRequest.Offset(10, 0))
                .items()
                .stream()
                .map(webhook -> webhook.no())
                .toList();
    }

    private static Delivery waiting(long event, long endpoint) {
        return new Delivery(event, endpoint, ACME, 500, 1, EventType.CALL_STARTED);
    }

    private static LaneWrite retry(Delivery delivery) {
        return new LaneWrite.Retry(delivery, Rank.TRIED, 1, 0, 9000, 8000, Given.failure());
    }

    private static LaneWrite save(long endpoint, Health health) {
        return new LaneWrite.Save(new LaneState(endpoint, ACME, 9000, 0, health));
    }

    private List<Counted> hours(long account, long endpoint) {
        return records().counts(account, endpoint, Interval.HOUR, HOUR.minus(ONE_HOUR), HOUR.plus(ONE_HOUR));
    }

    private static Counted hour(long endpoint, Instant at, Counts counts) {
        return new Counted(Interval.HOUR, at, ACME, endpoint, counts);
    }
}
