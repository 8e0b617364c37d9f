package dev.ringpost.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NumberSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    @Test
    void theyGrowThoughTheClockGoesBack() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        NumberSource numbers = new NumberSource(now::get, 3, 0);
        long before = numbers.next();
        now.set(NOW.minusSeconds(3600));
        assertThat(numbers.next()).isEqualTo(before + 1);
        assertThat(numbers.last()).isEqualTo(before + 1);
    }

    @Test
    void aNumberBehindAnotherNodesIsNeverThatNodesNext() {
        NumberSource ahead = new NumberSource(InstantSource.fixed(NOW.plusSeconds(1)), 1, 0);
        NumberSource behind = new NumberSource(InstantSource.fixed(NOW), 0, 0);
        Set<Long> given = new HashSet<>();
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long next = (i % 3 == 0 ? ahead : behind).nextAfter(last);
            assertThat(next).isGreaterThan(last);
            assertThat(given.add(next)).as("given once").isTrue();
            given.add(ahead.next());
            last = next;
        }
    }

    @Test
    void aFullCounterDoesNotRunIntoAnotherNodesNumbers() {
        NumberSource numbers = new NumberSource(InstantSource.fixed(NOW), 3, 0);
        NumberSource other = new NumberSource(InstantSource.fixed(NOW), 4, 0);
        Set<Long> given = new HashSet<>();
        long last = 0;
        for (int i = 0; i < 40_000; i++) {
            long next = numbers.next();
            assertThat(next).isGreaterThan(last);
            given.add(next);
            last = next;
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(given.contains(other.next())).isFalse();
        }
    }
}
