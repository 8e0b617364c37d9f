package dev.ringpost.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoncesTest {
    private final Nonces nonces = new Nonces(new SecureRandom());

    @Test
    void eachIsGivenOnce() {
        Set<String> given = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 20_000)
                .parallel()
                .forEach(i -> given.add(HexFormat.of().formatHex(nonces.next())));
        assertThat(given).hasSize(20_000);
    }

    @Test
    void anotherRunStartsElsewhere() {
        assertThat(new Nonces(new SecureRandom()).next()).hasSize(12).isNotEqualTo(nonces.next());
    }
}
