package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Scenario.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's time after its process stood still, and beside events whose time is another. */
class SetClockTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Scenario world = new Scenario(3);

    /** Events are stamped by a clock that was set; the engine's own goes on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 0})
    void aPartialIsGivenUpAfterAMinuteWhateverItsEventsTime(long hoursAhead) {
        world.webhook(1, 1, 32, null);
        world.receivers = (send, now) -> Answer.error(20);
        world.stampsAhead = HOUR.multipliedBy(hoursAhead);
        world.fire(1, world.newCall(), 1, EventType.TRANSCRIPT_PARTIAL);
        world.run(Duration.ofSeconds(30));
        assertThat(world.attempts).hasSize(2);
        world.run(HOUR.multipliedBy(2));
        assertThat(world.attempts).hasSize(2);
        assertThat(world.store.waiting()).isZero();
    }

    /** The timers of an hour are due at once. */
    @Test
    void whatBecameDueInAStopStaysWithinTheLimits() {
        world.webhook(1, 1, 4, null);
        world.webhook(2, 2, 32, 10);
        world.receivers = (send, now) -> send.attempt() == 1 ? Answer.error(20) : Answer.ok(200);
        for (int i = 0; i < 500; i++) {
            world.fire(1 + i % 2, world.newCall(), 1, EventType.CALL_STARTED);
        }
        // Breakers open and close; then all have failed once and wait for their time.
        world.run(Duration.ofSeconds(2));
        world.attempts.clear();
        world.standStill(HOUR);
        long awake = world.now;
        world.run(Duration.ofSeconds(20));
        assertThat(world.attempts)
                .isNotEmpty()
                .allSatisfy(attempt -> assertThat(attempt.begun()).isGreaterThanOrEqualTo(awake));
        assertThat(world.mostTo(1)).isLessThanOrEqualTo(4);
        long ofLimited = world.attempts.stream()
                .filter(attempt -> attempt.delivery().endpoint() == 2)
                .count();
        assertThat(ofLimited).isLessThanOrEqualTo(20 * 10 + 1);
        world.run(Duration.ofHours(2));
        assertThat(world.store.waiting()).isZero();
        assertThat(world.attempts)
                .filteredOn(attempt -> attempt.verdict() == Verdict.SUCCEEDED)
                .hasSize(500);
    }
}
