package dev.ringpost.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LagHistogramTest {
    static final long MONTH = 30L * 24 * 3600 * 1000;

    @Property
    void aQuantileIsOffByASixteenthAtMost(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = MONTH) Long> lags) {
        long[] sorted = lags.stream().mapToLong(lag -> lag).sorted().toArray();
        LagHistogram histogram = LagHistogram.ofMillis(sorted);
        for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
            long exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
            assertThat(histogram.quantile(share).orElseThrow()).isBetween(exact - exact / 16, exact + exact / 16);
        }
    }

    @Property
    void sumsAndBytesKeepWhatTheyAreMadeOf(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = MONTH) Long> some,
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = MONTH) Long> others) {
        LagHistogram both = of(Stream.concat(some.stream(), others.stream()));
        LagHistogram sum = of(some.stream()).plus(of(others.stream()));
        assertThat(sum).isEqualTo(both);
        assertThat(sum.count()).isEqualTo(some.size() + others.size());
        assertThat(LagHistogram.ofBytes(sum.toBytes())).isEqualTo(sum);
    }

    private static LagHistogram of(Stream<Long> lags) {
        return LagHistogram.ofMillis(lags.mapToLong(lag -> lag).toArray());
    }

    @Test
    void manyOfAFewLagsAreAFewBytes() {
        long[] lags = new long[100_000];
        Arrays.fill(lags, 0, 50_000, 12);
        Arrays.fill(lags, 50_000, 100_000, 300_000);
        assertThat(LagHistogram.ofMillis(lags).toBytes().length).isLessThan(10);
    }

    @Test
    void whatNoLagCanBeCountsAsTheNearestThatOneCan() {
        assertThat(LagHistogram.ofMillis(-5).quantile(1)).hasValue(0);
        assertThat(LagHistogram.ofMillis(Long.MAX_VALUE)).isEqualTo(LagHistogram.ofMillis(1L << 33));
        assertThat(LagHistogram.EMPTY.quantile(0.5)).isEmpty();
        assertThat(LagHistogram.ofMillis()).isEqualTo(LagHistogram.EMPTY);
    }
}
