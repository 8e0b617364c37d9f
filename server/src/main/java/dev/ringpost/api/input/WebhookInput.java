package dev.ringpost.api.input;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.DefaultName;
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
        SigningSecret secret = secret(body);
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
                List.of(secret),
                now,
                now);
    }

    /**
     * The webhook with what the body changes.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public Webhook patch(Fields body, Webhook current, Instant now) {
        String url = body.text("url", 1, CallInput.LONGEST_URL);
        Set<EventType> events = CallInput.events(body, "events");
        if (current.kind() == WebhookKind.CALL) {
            belongsToCalls(body, "url", url);
            belongsToCalls(body, "events", events);
        } else {
            checkUrl(body, url);
        }
        String name = body.text("name", 1, LONGEST_NAME);
        WebhookStatus status = status(body);
        WebhookOptions chosen = options.read(body, current.options());
        body.done();
        body.faults().check();
        return new Webhook(
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
                now);
    }

    private void checkUrl(Fields body, @Nullable String url) {
        if (url != null && !url.isEmpty()) {
            for (String fault : urls.faults(url)) {
                body.fault("url", fault);
            }
        }
    }

    private static void belongsToCalls(Fields body, String name, @Nullable Object value) {
        if (value != null) {
            body.fault(name, "can't be changed here: the calls that name this endpoint decide it");
        }
    }

    private static @Nullable WebhookStatus status(Fields body) {
        return body.choice("status", WebhookStatus.values(), WebhookStatus::wireName);
    }

    private static SigningSecret secret(Fields body) {
        String own = body.text("secret", 255);
        if (own == null) {
            return new SigningSecret(SecretText.generate(), null);
        }
        if (!SecretText.isValid(own)) {
            body.fault("secret", "must be whsec_ and the base64 of 24 to 64 bytes");
        }
        return new SigningSecret(own, null);
    }
}
