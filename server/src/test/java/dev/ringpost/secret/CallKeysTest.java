package dev.ringpost.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CallKeysTest {
    private static final byte[] WORDS = "words of a call".getBytes(StandardCharsets.UTF_8);

    private final CallKeys keys = new MasterKey(new byte[32]).callKeys();
    private final byte[] value = keys.newValue();
    private final CallKey key = key(7, value);

    @Test
    void whatIsSealedOpensWithTheSameValueAndNumber() {
        byte[] sealed = key.seal(WORDS, Part.PAYLOAD, 99);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("words");
        assertThat(key(7, value).open(sealed, Part.PAYLOAD, 99)).isEqualTo(WORDS);
        assertThat(key.seal(WORDS, Part.PAYLOAD, 99))
                .as("never twice the same bytes")
                .isNotEqualTo(sealed);
    }

    @Test
    void itOpensNowhereElse() {
        byte[] sealed = key.seal(WORDS, Part.PAYLOAD, 99);
        refuses(key, sealed, Part.PAYLOAD, 98);
        refuses(key, sealed, Part.DETAILS, 99);
        refuses(key(8, value), sealed, Part.PAYLOAD, 99);
        refuses(key(7, keys.newValue()), sealed, Part.PAYLOAD, 99);
        byte[] otherMaster = new byte[32];
        otherMaster[0] = 1;
        refuses(Objects.requireNonNull(new MasterKey(otherMaster).callKeys().key(7, value)), sealed, Part.PAYLOAD, 99);
        sealed[sealed.length - 1] ^= 1;
        refuses(key, sealed, Part.PAYLOAD, 99);
    }

    @Test
    void anErasedOrMissingValueGivesNoKey() {
        assertThat(keys.key(7, null)).isNull();
        assertThat(keys.key(7, keys.erasedValue())).isNull();
        assertThat(keys.erasedValue()).hasSameSizeAs(value);
    }

    private CallKey key(long call, byte[] from) {
        return Objects.requireNonNull(keys.key(call, from));
    }

    private static void refuses(CallKey key, byte[] sealed, Part part, long no) {
        assertThatThrownBy(() -> key.open(sealed, part, no)).isInstanceOf(BadMasterKey.class);
    }
}
