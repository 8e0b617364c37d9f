package dev.ringpost.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Numbers while the clock stands, goes back, or is far ahead of what was given. */
class NumbersOfASetClockTest {
    private static final int NODE = 3;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final NumberSource numbers = new NumberSource(() -> now, NODE, 0);

    @Test
    void theyGrowThoughTheClockGoesBack() {
        long before = numbers.next();
        now = now.minusSeconds(3600);
        assertThat(numbers.next()).isEqualTo(before + 1);
        assertThat(numbers.last()).isEqualTo(before + 1);
    }

    /** Else the numbers of the next node would be given. */
    @Test
    void aMillisecondThatIsUsedUpIsFollowedByTheNext() {
        long first = numbers.next();
        long last = first;
        for (int i = 0; i < 40_000; i++) {
            long next = numbers.next();
            assertThat(next).isGreaterThan(last);
            assertThat((next >>> 14) & 255).isEqualTo(NODE);
            last = next;
        }
        assertThat(NumberSource.timeOf(last))
                .isEqualTo(NumberSource.timeOf(first).plusMillis(2));
    }
}
