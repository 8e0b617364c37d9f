package dev.ringpost.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ed25519Test {
    private static final byte[] BODY = {1, 2, 3};

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    })
    void keysAreThoseOfRfc8032(String seed, String publicKey, String message, String signature) throws Exception {
        HexFormat hex = HexFormat.of();
        byte[] both = hex.parseHex(seed + publicKey);
        WebhookPrivateKey key =
                WebhookPrivateKey.parse("whsk_" + Base64.getEncoder().encodeToString(both));

        assertThat(key.publicKey().text())
                .isEqualTo("whpk_" + Base64.getEncoder().encodeToString(hex.parseHex(publicKey)));
        Signature signer = Ed25519.signature();
        signer.initSign(Ed25519.fromSeed(hex.parseHex(seed)).getPrivate());
        signer.update(hex.parseHex(message));
        assertThat(signer.sign()).isEqualTo(hex.parseHex(signature));
        Signature verification = Ed25519.signature();
        verification.initVerify(Ed25519.publicKey(hex.parseHex(publicKey)));
        verification.update(hex.parseHex(message));
        assertThat(verification.verify(hex.parseHex(signature))).isTrue();
    }

    /** The vector of Standard Webhooks' own library for Go, whose key is the seed alone. */
    @Test
    void signsAsTheLibraryOfStandardWebhooksPublishes() {
        WebhookPrivateKey key = WebhookPrivateKey.parse("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=");
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body))
                .isEqualTo(
                        "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==");
    }

    @Test
    void whatAPrivateKeySignsItsPublicKeyVerifies() {
        WebhookPrivateKey key = WebhookPrivateKey.generate();
        WebhookPublicKey publicKey = WebhookPublicKey.parse(key.publicKey().text());
        String signed = key.sign("msg_1", 1700000000, BODY);
        assertThat(signed).startsWith("v1a,");
        byte[] signature = Base64.getDecoder().decode(signed.substring(4));

        assertThat(publicKey).isEqualTo(key.publicKey()).hasSameHashCodeAs(key.publicKey());
        assertThat(publicKey.matches(signature, "msg_1", 1700000000, BODY)).isTrue();
        assertThat(publicKey.matches(signature, "msg_2", 1700000000, BODY)).isFalse();
        assertThat(publicKey.matches(signature, "msg_1", 1700000001, BODY)).isFalse();
        assertThat(publicKey.matches(signature, "msg_1", 1700000000, new byte[] {1, 2}))
                .isFalse();
        assertThat(publicKey.matches(new byte[7], "msg_1", 1700000000, BODY)).isFalse();
        byte[] impossible = signature.clone();
        Arrays.fill(impossible, 32, 64, (byte) 0xff);
        assertThat(publicKey.matches(impossible, "msg_1", 1700000000, BODY)).isFalse();
    }

    @Test
    void readsAPrivateKeyBackAndItsSeedAlone() {
        WebhookPrivateKey key = WebhookPrivateKey.generate();
        byte[] both = Base64.getDecoder().decode(key.reveal().substring(5));
        String seed = "whsk_" + Base64.getEncoder().encodeToString(Arrays.copyOf(both, 32));
        assertThat(WebhookPrivateKey.parse(key.reveal()).publicKey()).isEqualTo(key.publicKey());
        assertThat(WebhookPrivateKey.parse(seed).reveal()).isEqualTo(key.reveal());
        assertThat(key.toString()).doesNotContain(key.reveal().substring(5, 20));
    }

    @Test
    void refusesKeysThatAreNone() {
        byte[] both =
                Base64.getDecoder().decode(WebhookPrivateKey.generate().reveal().substring(5));
        both[40] ^= 1;
        String torn = "whsk_" + Base64.getEncoder().encodeToString(both);
        assertThatThrownBy(() -> WebhookPrivateKey.parse(torn)).hasMessageContaining("second half");
        assertThatThrownBy(() -> WebhookPrivateKey.parse("whsk_AAAA")).hasMessageContaining("has 3");
        assertThatThrownBy(() -> WebhookPrivateKey.parse("whsec_AAAA")).hasMessageContaining("whsk_");
        assertThatThrownBy(() -> WebhookPublicKey.parse("whpk_AAAA")).hasMessageContaining("has 3");
        assertThatThrownBy(() -> WebhookPublicKey.parse("whsk_AAAA")).hasMessageContaining("whpk_");
        String notAKey =
                "whpk_" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex("ff".repeat(32)));
        assertThatThrownBy(() -> WebhookPublicKey.parse(notAKey)).hasMessageContaining("Not an Ed25519 public key");
    }
}
