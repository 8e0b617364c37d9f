package dev.ringpost.api.input;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.DefaultName;
import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.Signature;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of POST /v1/webhooks and PATCH /v1/webhooks/{id}. */
public final class WebhookInput {
    private static final int LONGEST_NAME = 255;

    private final UrlRule urls;
    private final WebhookOptionsInput options;

    /** @param retention a retry schedule must fit inside */
    public WebhookInput(UrlRule urls, Duration retention) {
        this.urls = urls;
        this.options = new WebhookOptionsInput(retention);
    }

    /**
     * A new webhook, with its own secret or a generated one.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public Webhook create(Fields body, long no, long account, Instant now) {
        String url = body.requiredText("url", CallInput.LONGEST_URL);
        checkUrl(body, url);
        String name = body.text("name", 1, LONGEST_NAME);
        Set<EventType> events = CallInput.events(body, "events");
        if (events == null) {
            body.fault("events", "is required");
            events = Set.of();
        }
        WebhookStatus status = status(body);
        WebhookOptions chosen = options.read(body, WebhookOptions.DEFAULT);
        Signature signature = signature(body);
        String secret = SecretInput.read(body, signature == null ? Signature.V1 : signature, new FreshSecret());
        body.done();
        body.faults().check();
        return new Webhook(
                no,
                account,
                WebhookKind.ACCOUNT,
                name == null ? DefaultName.of(url) : name,
                url,
                events,
                status == null ? WebhookStatus.ACTIVE : status,
                null,
                chosen,
                List.of(new SigningSecret(secret, null)),
                now,
                now);
    }

    /**
     * The webhook with what the body changes. Another signature is a rotation with the default overlap.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public Webhook patch(Fields body, Webhook current, FreshSecret fresh, Instant now) {
        String url = body.text("url", 1, CallInput.LONGEST_URL);
        Set<EventType> events = CallInput.events(body, "events");
        Signature signature = signature(body);
        if (current.kind().isSignedByAccount()) {
            String owner = current.kind() == WebhookKind.OPS
                    ? "the server's option --ops-webhook decides it"
                    : "the calls that name this endpoint decide it";
            mustStay(body, "url", url, owner);
            mustStay(body, "events", events, owner);
            mustStay(body, "signature", signature, "the account's signing secret signs here");
        } else {
            checkUrl(body, url);
        }
        String name = body.text("name", 1, LONGEST_NAME);
        WebhookStatus status = status(body);
        WebhookOptions chosen = options.read(body, current.options());
        body.done();
        body.faults().check();
        Webhook changed = new Webhook(
                current.no(),
                current.account(),
                current.kind(),
                name == null ? current.name() : name,
                url == null ? current.url() : url,
                events == null ? current.events() : events,
                status == null ? current.status() : status,
                status == null ? current.disabledReason() : null,
                chosen,
                current.secrets(),
                current.createdAt(),
                current.nextUpdate(now));
        return signature == null || signature == current.signature()
                ? changed
                : changed.rotated(new Rotation(fresh.of(signature), Rotation.DEFAULT_OVERLAP), now);
    }

    private void checkUrl(Fields body, @Nullable String url) {
        if (url != null && !url.isEmpty()) {
            for (String fault : urls.faults(url)) {
                body.fault("url", fault);
            }
        }
    }

    private static void mustStay(Fields body, String name, @Nullable Object value, String why) {
        if (value != null) {
            body.fault(name, "can't be changed here: " + why);
        }
    }

    private static @Nullable WebhookStatus status(Fields body) {
        return body.choice("status", WebhookStatus.values(), WebhookStatus::wireName);
    }

    private static @Nullable Signature signature(Fields body) {
        return body.choice("signature", Signature.values(), Signature::wireName);
    }
}
