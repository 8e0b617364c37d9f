package dev.ringpost.dispatch;

import dev.ringpost.id.PublicIds;
import dev.ringpost.sender.WebhookRequest;
import dev.ringpost.webhook.Webhook;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the request that a receiver gets: the event's bytes, and the headers of Standard Webhooks, signed anew. */
final class Requests {
    private final PublicIds ids;
    private final String userAgent;
    private final InstantSource wall;
    private final Signatures signatures = new Signatures();

    /** @param wall receivers compare it with their own clocks */
    Requests(PublicIds ids, String version, InstantSource wall) {
        this.ids = ids;
        this.wall = wall;
        this.userAgent = "Ringpost/" + version;
    }

    /** @param loop the event loop that this is called on, and the future completes on */
    Future<WebhookRequest> request(Webhook webhook, long event, int attempt, byte[] body, Context loop) {
        Instant now = wall.instant();
        String id = ids.event(event);
        return signatures
                .header(webhook.secrets(), id, now, body, loop)
                .map(signature -> new WebhookRequest(
                        webhook.account(),
                        webhook.url(),
                        headers(webhook, id, attempt, now, signature),
                        body,
                        webhook.options().timeout()));
    }

    /** To be called when nothing more is sent. */
    void close() {
        signatures.close();
    }

    private Map<String, String> headers(Webhook webhook, String id, int attempt, Instant now, String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("user-agent", userAgent);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", signature);
        headers.put("ringpost-attempt", Integer.toString(attempt));
        headers.putAll(webhook.options().headers());
        return headers;
    }
}
