package dev.ringpost.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultNameTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com/hook, example.com",
        "https://example.com, example.com",
        "https://example.com:8443?a=b:c, example.com",
        "https://m\u00fcnchen.example/x, m\u00fcnchen.example",
        "https://my_host.example:1/, my_host.example",
        "https://[2001:db8::1]:8443/x, [2001:db8::1]",
        "https://[2001:db8::1]/x, [2001:db8::1]"
    })
    void theHostIsTheName(String url, String name) {
        assertThat(DefaultName.of(url)).isEqualTo(name);
    }

    @Test
    void aNameIsNeverLongerThanANameMayBe() {
        assertThat(DefaultName.of("https://" + "a".repeat(300) + "/")).hasSize(255);
    }
}
