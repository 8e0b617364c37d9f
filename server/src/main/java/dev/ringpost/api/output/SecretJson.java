package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.signing.WebhookPrivateKey;
import dev.ringpost.webhook.SigningSecret;
import java.io.IOException;
import java.util.List;

/** What a receiver verifies with: the shared secret, or the public key. A private key is never shown. */
public final class SecretJson {
    private SecretJson() {}

    /** The newest as an object of its own: also while older ones sign along, it is the one that stays. */
    public static void write(JsonGenerator json, List<SigningSecret> newestFirst) throws IOException {
        json.writeStartObject();
        writeField(json, newestFirst);
        json.writeEndObject();
    }

    /** The newest as a field of the object that is being written. */
    static void writeField(JsonGenerator json, List<SigningSecret> newestFirst) throws IOException {
        SigningSecret current = SigningSecret.current(newestFirst);
        switch (current.signature()) {
            case V1 -> json.writeStringField("secret", current.text());
            case V1A ->
                json.writeStringField(
                        "public_key",
                        WebhookPrivateKey.parse(current.text()).publicKey().text());
        }
    }
}
