package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Scenario.Answer;
import dev.ringpost.delivery.Scenario.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An endpoint that was down for a day comes back to 100 000 deliveries that waited. */
class RecoveryTest {
    private static final long SICK = 1;
    private static final long OTHER = 2;
    private static final int CALLS = 50_000;
    private static final int MAX_IN_FLIGHT = 32;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Scenario world = new Scenario(11);
    private boolean down = true;
    private int mostAtOnce;
    /** How many requests the receiver takes at once. */
    private int capacity = Integer.MAX_VALUE;

    @Test
    void theBacklogDrainsAtARisingRateWithinTheLimit() {
        dayDown(null);
        comeBack();
        List<Integer> started = eachSecond(10);
        assertThat(started.get(0)).isLessThan(started.get(1));
        assertThat(started.getLast()).isGreaterThan(20 * MAX_IN_FLIGHT);
        world.run(Duration.ofMinutes(4));
        assertThat(world.store.waiting())
                .as("what was tried in vain waits for its time")
                .isLessThan(100);
        assertThat(mostAtOnce).isEqualTo(MAX_IN_FLIGHT);
    }

    @Test
    void theRateLimitHoldsInEverySecond() {
        dayDown(50);
        comeBack();
        world.run(Duration.ofSeconds(30));
        List<Long> begun = begun(attempt -> true);
        for (int i = 55; i < begun.size(); i++) {
            assertThat(begun.get(i) - begun.get(i - 55)).isGreaterThanOrEqualTo(1000);
        }
        assertThat(begun).hasSizeGreaterThan(29 * 50);
    }

    @Test
    void itFindsWhatTheReceiverCanTake() {
        capacity = 10;
        dayDown(null);
        comeBack();
        world.run(Duration.ofSeconds(30));
        long refused = world.attempts.stream()
                .filter(attempt -> attempt.verdict() == Verdict.OVERLOADED)
                .count();
        long taken = world.attempts.size() - refused;
        assertThat(taken).as("of 500 a second that it can take").isGreaterThan(30 * 300);
        assertThat(refused).as("too much").isLessThan(taken / 20);
    }

    @Test
    void aNewFailureStopsItAndItStartsSlowlyAgain() {
        dayDown(null);
        comeBack();
        world.run(Duration.ofSeconds(20));
        down = true;
        world.run(SECOND);
        world.attempts.clear();
        world.run(Duration.ofMinutes(10));
        assertThat(world.attempts).as("probes only").hasSizeLessThan(20);
        down = false;
        while (world.engine.view().breakersOpen() > 0) {
            world.run(Duration.ofMillis(10));
        }
        List<Integer> started = eachSecond(2);
        assertThat(started.get(0)).isLessThan(started.get(1) - MAX_IN_FLIGHT);
    }

    @Test
    void newEventsGoBesideTheOldOnes() {
        dayDown(null);
        comeBack();
        world.attempts.clear();
        long since = world.now;
        for (int i = 0; i < 300; i++) {
            world.at(since + i * 100L, () -> {
                long call = world.newCall();
                world.fire(SICK, call, 1, EventType.CALL_STARTED);
                world.at(world.now + 500, () -> world.fire(SICK, call, 2, EventType.CALL_ENDED));
            });
        }
        world.run(Duration.ofSeconds(30));
        List<Long> delays = delays(attempt -> eventTime(attempt) >= since && attempt.number() == 1);
        assertThat(world.store.waiting()).as("the old ones still wait").isGreaterThan(10_000);
        assertThat(delays).hasSizeGreaterThan(580);
        assertThat(delays.get(delays.size() * 99 / 100)).as("p99 in ms").isLessThan(100);
    }

    @Test
    void theEventsOfACallAreFirstTriedInTheirOrder() {
        capacity = 24;
        dayDown(null);
        comeBack();
        world.run(Duration.ofMinutes(5));
        Map<Long, List<Attempt>> byCall = world.attempts.stream()
                .filter(attempt -> attempt.delivery().endpoint() == SICK && attempt.number() == 1)
                .collect(Collectors.groupingBy(attempt -> attempt.delivery().call()));
        assertThat(byCall).hasSizeGreaterThan(CALLS - 10);
        assertThat(byCall.values()).filteredOn(attempts -> !isInOrder(attempts)).isEmpty();
    }

    @Test
    void otherEndpointsDoNotNotice() {
        dayDown(null);
        comeBack();
        world.attempts.clear();
        for (int i = 0; i < 300; i++) {
            world.at(world.now + i * 100L, () -> world.fire(OTHER, world.newCall(), 1, EventType.CALL_STARTED));
        }
        world.run(Duration.ofSeconds(30));
        assertThat(delays(attempt -> attempt.delivery().endpoint() == OTHER))
                .hasSizeGreaterThan(290)
                .allSatisfy(delay -> assertThat(delay).isZero());
    }

    /** No earlier event begins after a later one. */
    private static boolean isInOrder(List<Attempt> attempts) {
        for (Attempt one : attempts) {
            for (Attempt other : attempts) {
                if (one.begun() < other.begun()
                        && one.delivery().sequence() > other.delivery().sequence()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Two events of each call, most of them in the first hour. */
    private void dayDown(@Nullable Integer rateLimit) {
        world.webhook(SICK, 1, MAX_IN_FLIGHT, rateLimit);
        world.webhook(OTHER, 2, MAX_IN_FLIGHT, null);
        world.receivers = (send, now) -> {
            if (send.delivery().endpoint() == OTHER) {
                return Answer.ok(20);
            }
            int busy = world.inFlightTo.getOrDefault(SICK, 0);
            mostAtOnce = Math.max(mostAtOnce, busy + 1);
            if (down) {
                return Answer.refused();
            }
            return busy >= capacity ? Answer.tooMuch() : Answer.ok(20);
        };
        for (int i = 0; i < CALLS; i++) {
            world.at(world.now + i * 72L, () -> {
                long call = world.newCall();
                world.fire(SICK, call, 1, EventType.CALL_STARTED);
                world.at(world.now + 500, () -> world.fire(SICK, call, 2, EventType.CALL_ENDED));
            });
        }
        world.run(Duration.ofDays(1));
        assertThat(world.store.waiting()).isGreaterThan(2 * CALLS - 10);
        assertThat(world.attempts).as("an open breaker spends nothing").hasSizeLessThan(400);
    }

    /** Until its breaker has closed. */
    private void comeBack() {
        down = false;
        while (world.engine.view().breakersOpen() > 0) {
            world.run(Duration.ofMillis(10));
        }
        mostAtOnce = 0;
    }

    /** How many attempts began in each second from now on. */
    private List<Integer> eachSecond(int seconds) {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            long from = world.now;
            world.run(SECOND);
            counts.add((int) world.attempts.stream()
                    .filter(attempt -> attempt.begun() >= from)
                    .count());
        }
        return counts;
    }

    private List<Long> begun(Predicate<Attempt> which) {
        return world.attempts.stream()
                .filter(which)
                .map(Attempt::begun)
                .sorted()
                .toList();
    }

    private List<Long> delays(Predicate<Attempt> which) {
        return world.attempts.stream()
                .filter(which)
                .map(attempt -> attempt.begun() - eventTime(attempt))
                .sorted()
                .toList();
    }

    private static long eventTime(Attempt attempt) {
        return attempt.delivery().event() >>> 22;
    }
}
