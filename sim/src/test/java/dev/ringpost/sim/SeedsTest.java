package dev.ringpost.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds that are always the same, and seeds that nobody has run before. */
class SeedsTest {
    /** About a minute on two cores. */
    private static final int ALWAYS = 600;

    /** Far more than they need: a world that does not end would fail by it. */
    private static final Duration AT_MOST = Duration.ofMinutes(8);

    private static final Duration NEW_ONES = Duration.ofSeconds(Integer.getInteger("ringpost.sim.seconds", 25));

    private final PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());

    @Test
    void everythingHoldsInTheWorldsThatWereAlwaysRun() {
        run(1, ALWAYS, AT_MOST);
    }

    /** What it finds is found for good: it prints the seed, which goes the same way each time. */
    @Test
    @Tag("soak")
    void everythingHoldsInWorldsThatNobodyHasSeen() {
        run(System.nanoTime() & 0xffff_ffffL, Long.MAX_VALUE, NEW_ONES);
    }

    /** Seeds that found faults of the engine, so that these stay mended. */
    @ParameterizedTest
    @ValueSource(longs = {1, 75, 86, 202, 272, 667})
    void whatBrokeOnceDoesNotAgain(long seed) {
        assertThat(SeedRun.of(seed).broken()).isNull();
    }

    private void run(long first, long count, Duration time) {
        Seeds seeds = new Seeds(first, count, time, Runtime.getRuntime().availableProcessors(), false, out);
        SeedRun broken = seeds.run();
        if (broken != null) {
            SimCommand.explain(broken, out);
            throw new AssertionError(broken.broken());
        }
    }
}
