package dev.ringpost.api;

import dev.ringpost.api.http.Reply;
import dev.ringpost.webhook.SigningSecret;
import java.util.List;

/** The answer that shows a secret. */
final class SecretReply {
    private SecretReply() {}

    /** Shows the secret that stays: after a rotation an older one is valid for a while. */
    static Reply of(List<SigningSecret> secrets) {
        String current = secrets.stream()
                .filter(secret -> secret.validUntil() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Every webhook and account has a secret that stays"))
                .text();
        return Reply.ok(json -> {
            json.writeStartObject();
            json.writeStringField("secret", current);
            json.writeEndObject();
        });
    }
}
