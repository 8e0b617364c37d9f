package dev.ringpost.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TakingTurnsTest {
    private final TakingTurns<String> turns = new TakingTurns<>(10);

    @Test
    void oneWhoComesLateWaitsForOneTurnOfEachOther() {
        for (int i = 0; i < 100; i++) {
            turns.add(1, "a" + i, 5);
            turns.add(2, "b" + i, 5);
        }
        assertThat(turns.poll()).isEqualTo("a0");

        turns.add(3, "late", 5);

        assertThat(List.of(next(), next(), next(), next())).containsExactly("a1", "b0", "b1", "late");
    }

    @Test
    void withinAnAccountTheOrderHolds() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            turns.add(1, "a" + i, i % 23);
            turns.add(2, "b" + i, 3);
            expected.add("a" + i);
        }
        assertThat(rest().stream().filter(value -> value.startsWith("a"))).isEqualTo(expected);
    }

    @Test
    void costsAreSharedNotItems() {
        for (int i = 0; i < 40; i++) {
            turns.add(1, "large", 40);
            turns.add(2, "small", 10);
        }
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            first.add(next());
        }
        assertThat(first.stream().filter("large"::equals)).hasSize(5);
    }

    @Test
    void whatCostsMoreThanATurnComesOutInTheEnd() {
        turns.add(1, "huge", 1_000_000);
        turns.add(2, "small", 1);

        assertThat(rest()).containsExactly("small", "huge");
        assertThat(turns.isEmpty()).isTrue();
    }

    private String next() {
        return Objects.requireNonNull(turns.poll());
    }

    private List<String> rest() {
        List<String> rest = new ArrayList<>();
        while (!turns.isEmpty()) {
            rest.add(next());
        }
        return rest;
    }
}
