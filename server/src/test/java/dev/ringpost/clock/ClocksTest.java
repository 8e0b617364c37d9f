package dev.ringpost.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set while time passes. */
class ClocksTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Duration set = Duration.ZERO;
    private long passed;
    private final Clocks clocks = Clocks.of(() -> START.plusNanos(passed).plus(set), () -> passed);

    @Test
    void allAgreeWhileNobodySetsTheClock() {
        pass(Duration.ofHours(1));
        assertThat(clocks.steady().instant()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(clocks.stamps().instant()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {60, -60, 5_000_000, -5_000_000})
    void aPauseIsAsLongAsItIsWhateverTheClockIsSetTo(long minutes) {
        Instant before = clocks.steady().instant();
        set = Duration.ofMinutes(minutes);
        assertThat(clocks.steady().instant()).isEqualTo(before);
        pass(Duration.ofSeconds(100));
        assertThat(Duration.between(before, clocks.steady().instant()))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(110));
    }

    @ParameterizedTest
    @ValueSource(longs = {60, -60})
    void itComesToAgreeWithTheMachineAndStays(long minutes) {
        set = Duration.ofMinutes(minutes);
        pass(Duration.ofHours(9));
        assertThat(clocks.steady().instant()).isNotEqualTo(clocks.wall().instant());
        pass(Duration.ofHours(2));
        assertThat(clocks.steady().instant()).isEqualTo(clocks.wall().instant());
    }

    @Test
    void stampsFollowAheadAtOnceAndNeverGoBack() {
        set = Duration.ofHours(1);
        assertThat(clocks.stamps().instant()).isEqualTo(START.plus(set));
        set = Duration.ofHours(-1);
        Instant last = clocks.stamps().instant();
        for (int i = 0; i < 10_000; i++) {
            pass(Duration.ofSeconds(7));
            assertThat(clocks.stamps().instant()).isAfter(last);
            last = clocks.stamps().instant();
        }
    }

    /** A process that is stopped and goes on: the time has passed for it as well. */
    @Test
    void aStopIsNoJump() {
        pass(Duration.ofHours(1));
        assertThat(clocks.steady().instant()).isEqualTo(clocks.wall().instant());
    }

    @Test
    void itDoesNotBeginBeforeWhatWasWritten() {
        Instant written = START.plus(Duration.ofHours(1));
        clocks.steady().notBefore(written);
        assertThat(clocks.steady().instant()).isEqualTo(written);
        pass(Duration.ofSeconds(100));
        assertThat(clocks.steady().instant()).isEqualTo(written.plusSeconds(90));
    }

    private void pass(Duration time) {
        passed += TimeUnit.MILLISECONDS.toNanos(time.toMillis());
    }
}
