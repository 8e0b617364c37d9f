package dev.ringpost.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Test
    void aKeyIsItsPrefixAnd32BytesInBase62() {
        assertThat(KeyText.generate()).matches("rp_sk_[0-9A-Za-z]{43}").isNotEqualTo(KeyText.generate());
    }

    @Test
    void theHashIsSha256InLowerCaseHex() {
        assertThat(KeyText.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
