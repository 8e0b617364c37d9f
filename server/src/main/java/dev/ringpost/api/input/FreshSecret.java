package dev.ringpost.api.input;

import dev.ringpost.signing.WebhookPrivateKey;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.Signature;
import java.util.EnumMap;
import java.util.Map;

/**
 * The secret that a request makes up: asked for again, it is the same. So what reads a body twice, first to find its
 * faults and then in the journal, makes a key pair (half a millisecond) before the journal and not in it.
 */
public final class FreshSecret {
    private final Map<Signature, String> made = new EnumMap<>(Signature.class);

    String of(Signature signature) {
        return made.computeIfAbsent(signature, FreshSecret::generate);
    }

    private static String generate(Signature signature) {
        return switch (signature) {
            case V1 -> WebhookSecret.generate().reveal();
            case V1A -> WebhookPrivateKey.generate().reveal();
        };
    }
}
