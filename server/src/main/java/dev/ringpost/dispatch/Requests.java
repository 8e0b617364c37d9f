package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.ringpost.id.PublicIds;
import dev.ringpost.sender.WebhookRequest;
import dev.ringpost.signing.Signer;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the request that a receiver gets: the event's bytes, and the headers of Standard Webhooks, signed anew. */
final class Requests {
    private static final int MAX_SECRETS = 10_000;

    private final PublicIds ids;
    private final String userAgent;
    private final LoadingCache<String, WebhookSecret> parsed =
            Caffeine.newBuilder().maximumSize(MAX_SECRETS).build(WebhookSecret::parse);

    Requests(PublicIds ids, String version) {
        this.ids = ids;
        this.userAgent = "Ringpost/" + version;
    }

    WebhookRequest request(Webhook webhook, long event, int attempt, byte[] body, Instant now) {
        String id = ids.event(event);
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", userAgent);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", Signer.header(signers(webhook, now), id, seconds, body));
        headers.put("ringpost-attempt", Integer.toString(attempt));
        headers.putAll(webhook.options().headers());
        return new WebhookRequest(
                webhook.account(),
                webhook.url(),
                headers,
                body,
                webhook.options().timeout());
    }

    private List<Signer> signers(Webhook webhook, Instant now) {
        List<Signer> signers = new ArrayList<>(2);
        for (SigningSecret secret : webhook.secrets()) {
            if (secret.validUntil() == null || secret.validUntil().isAfter(now)) {
                signers.add(parsed.get(secret.text()));
            }
        }
        return signers;
    }
}
