package dev.ringpost.webhook;

import java.util.Locale;

/** How deliveries are signed: the versions of Standard Webhooks. */
public enum Signature {
    /** HMAC-SHA256, with a secret that the receiver has too. */
    V1("whsec_"),
    /** Ed25519, with a private key that nobody else has; receivers verify with the public one. */
    V1A("whsk_");

    private final String secretPrefix;

    Signature(String secretPrefix) {
        this.secretPrefix = secretPrefix;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException where the text is no secret; the message does not repeat it */
    public static Signature ofSecret(String text) {
        for (Signature signature : values()) {
            if (text.startsWith(signature.secretPrefix)) {
                return signature;
            }
        }
        throw new IllegalArgumentException("A signing secret starts with whsec_ or whsk_");
    }
}
