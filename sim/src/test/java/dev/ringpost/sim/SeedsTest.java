package dev.ringpost.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fits in a minute and a half: seeds that are always the same, and seeds that nobody has run before. */
class SeedsTest {
    private static final Duration EACH = Duration.ofSeconds(Integer.getInteger("ringpost.sim.seconds", 45));

    private final PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());

    @Test
    void everythingHoldsInTheWorldsThatWereAlwaysRun() {
        run(1);
    }

    @Test
    void everythingHoldsInWorldsThatNobodyHasSeen() {
        run(System.nanoTime() & 0xffff_ffffL);
    }

    /** Seeds that found faults of the engine, so that these stay mended. */
    @ParameterizedTest
    @ValueSource(longs = {1, 75, 202, 272})
    void whatBrokeOnceDoesNotAgain(long seed) {
        assertThat(SeedRun.of(seed).broken()).isNull();
    }

    private void run(long first) {
        Seeds seeds =
                new Seeds(first, Long.MAX_VALUE, EACH, Runtime.getRuntime().availableProcessors(), false, out);
        SeedRun broken = seeds.run();
        if (broken != null) {
            SimCommand.explain(broken, out);
            throw new AssertionError(broken.broken());
        }
    }
}
