package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long NOW = 1_800_000_000_000L;

    private final TokenBucket bucket = new TokenBucket();

    @Test
    void attemptsGoAtTheirRate() {
        assertThat(bucket.availableAt(10, NOW)).isEqualTo(NOW);
        bucket.take();
        assertThat(bucket.availableAt(10, NOW)).isEqualTo(NOW + 100);
    }

    @Test
    void whatWentWithoutALimitIsNotHeldAgainstTheNextOne() {
        bucket.availableAt(10, NOW);
        bucket.take();
        for (int attempt = 0; attempt < 1000; attempt++) {
            bucket.availableAt(null, NOW + 1);
            bucket.take();
        }
        assertThat(bucket.availableAt(10, NOW + 2)).isEqualTo(NOW + 2);
    }
}
