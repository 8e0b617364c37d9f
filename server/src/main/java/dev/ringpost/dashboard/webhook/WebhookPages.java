package dev.ringpost.dashboard.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.delivery.Attempt;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All webhooks, and one: what it is, how it does, and the buttons that act on it. */
public final class WebhookPages {
    private static final List<String> FILTERS = List.of("kind", "status", "failing");
    private static final String ONE = "webhook/show.jte";

    public List<Page> pages() {
        return List.of(
                Page.get("/webhooks", WebhookPages::list),
                Page.get("/webhooks/:id", request -> show(request, Shown.of(get(request)))),
                Page.post("/webhooks/:id/pause", request -> setStatus(request, "inactive")),
                Page.post("/webhooks/:id/resume", request -> setStatus(request, "active")),
                Page.post("/webhooks/:id/delete", WebhookPages::delete),
                Page.post("/webhooks/:id/test", WebhookPages::test),
                Page.post("/webhooks/:id/secret", WebhookPages::secret),
                Page.post("/webhooks/:id/rotate-secret", WebhookPages::rotate));
    }

    /** @param filters those that are set */
    public record Listed(List<Webhook> webhooks, Map<String, String> filters, Paging paging) {}

    /** What GET /v1/webhooks/{id}/secret says: one of the two. */
    public record Secret(@Nullable String secret, @Nullable String publicKey) {}

    /**
     * @param notice what was just done; empty: nothing
     * @param fault why a button did nothing; empty: it did
     * @param tested the answer to a test
     * @param secret shown because somebody asked for it
     */
    public record Shown(
            Webhook webhook,
            String notice,
            String fault,
            @Nullable Attempt tested,
            @Nullable Secret secret) {
        static Shown of(Webhook webhook) {
            return new Shown(webhook, "", "", null, null);
        }
    }

    static Webhook get(PageRequest request) {
        return request.api().get("/v1/webhooks/" + request.id(), Webhook.class);
    }

    private static View list(PageRequest request) {
        String cursor = request.query().text("cursor");
        Map<String, String> filters = request.query().filled(FILTERS);
        Map<String, String> asked = new LinkedHashMap<>(filters);
        asked.put("cursor", cursor);
        Webhook.Items found = request.api().get("/v1/webhooks" + Parameters.query(asked), Webhook.Items.class);
        Paging paging = new Paging("/webhooks", filters, found.nextCursor(), cursor.isEmpty());
        return View.html("webhook/list.jte", new Listed(found.items(), filters, paging));
    }

    private static View show(PageRequest request, Shown shown) {
        String notice = request.query().has("created")
                ? "Created. Its receiver needs the secret to verify what it gets: show it below."
                : request.query().has("saved") ? "Saved." : "";
        return View.html(ONE, new Shown(shown.webhook(), notice, shown.fault(), shown.tested(), shown.secret()));
    }

    private static View setStatus(PageRequest request, String status) {
        ObjectNode change = JsonNodeFactory.instance.objectNode().put("status", status);
        Webhook changed = request.api().patch("/v1/webhooks/" + request.id(), change, Webhook.class);
        return View.goTo(changed.path());
    }

    private static View delete(PageRequest request) {
        request.api().delete("/v1/webhooks/" + request.id());
        return View.goTo("/webhooks");
    }

    private static View test(PageRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String event = request.form().text("event");
        if (!event.isEmpty()) {
            body.put("event", event);
        }
        String path = "/v1/webhooks/" + request.id() + "/test";
        Attempt tested = request.api().postToReceiver(path, body, Attempt.class);
        return View.html(ONE, new Shown(get(request), "", "", tested, null));
    }

    private static View secret(PageRequest request) {
        Secret secret = request.api().get("/v1/webhooks/" + request.id() + "/secret", Secret.class);
        return View.html(ONE, new Shown(get(request), "", "", null, secret));
    }

    private static View rotate(PageRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        WebhookForm.number(body, "overlap_seconds", request.form().text("overlap_seconds"));
        String own = request.form().text("secret");
        if (!own.isEmpty()) {
            body.put("secret", own);
        }
        Webhook webhook = get(request);
        try {
            String path = "/v1/webhooks/" + request.id() + "/rotate-secret";
            Secret secret = request.api().post(path, body, Secret.class);
            String notice = "Rotated. The old secret signs along until its overlap is over.";
            return View.html(ONE, new Shown(webhook, notice, "", null, secret));
        } catch (Refused refused) {
            String fault = "The secret stays as it is: " + Faults.told(refused.problem());
            return View.refused(refused.problem().status(), ONE, new Shown(webhook, "", fault, null, null));
        }
    }
}
