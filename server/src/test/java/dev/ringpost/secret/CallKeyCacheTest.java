package dev.ringpost.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallKeyCacheTest {
    private static final byte[] PLAIN = "{}".getBytes(StandardCharsets.UTF_8);

    private final CallKeys keys = new MasterKey(new byte[32]).callKeys();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hasTheKeyThatWasPutLastOrNone(long seed) {
        Random random = new Random(seed);
        CallKeyCache cache = new CallKeyCache(keys, 64);
        Map<Long, byte[]> sealed = new HashMap<>();
        int found = 0;
        for (int step = 0; step < 2000; step++) {
            long call = random.nextLong(1, 100);
            switch (random.nextInt(4)) {
                case 0 -> {
                    CallKey key = newKey(call);
                    cache.put(call, key);
                    sealed.put(call, key.seal(PLAIN, Part.DETAILS, call));
                }
                case 1 -> {
                    cache.remove(call);
                    sealed.remove(call);
                }
                default -> {
                    CallKey key = cache.get(call);
                    if (key != null) {
                        found++;
                        assertThat(key.open(Objects.requireNonNull(sealed.get(call)), Part.DETAILS, call))
                                .isEqualTo(PLAIN);
                    }
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    void hasTheLatestOfManyCalls() {
        CallKeyCache cache = new CallKeyCache(keys, 1 << 10);
        // As numbers are made: 14 a millisecond, which stands in front.
        List<Long> calls = IntStream.range(0, 5000)
                .mapToObj(i -> ((long) (i / 14) << 22) + i % 14 + 1)
                .toList();
        calls.forEach(call -> cache.put(call, newKey(call)));

        assertThat(cache.get(calls.getLast())).isNotNull();
        assertThat(calls.subList(4500, 5000).stream().filter(call -> cache.get(call) != null))
                .hasSizeGreaterThan(450);
        assertThat(calls.subList(0, 1000).stream().filter(call -> cache.get(call) != null))
                .isEmpty();
    }

    @Test
    void hasNoKeyOfNoCall() {
        assertThat(new CallKeyCache(keys, 8).get(0)).isNull();
    }

    private CallKey newKey(long call) {
        return Objects.requireNonNull(keys.key(call, keys.newValue()));
    }
}
