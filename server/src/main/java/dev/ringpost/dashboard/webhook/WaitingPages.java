package dev.ringpost.dashboard.webhook;

import dev.ringpost.dashboard.layout.Badge;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits for a webhook, and why. */
public final class WaitingPages {
    public List<Page> pages() {
        return List.of(Page.get("/webhooks/:id/waiting", WaitingPages::list));
    }

    /** A row of GET /v1/webhooks/{id}/waiting. */
    public record Waiting(
            String deliveryId,
            String event,
            String eventId,
            @Nullable String callId,
            int attempts,
            String dueAt,
            String heldBy) {
        public Badge badge() {
            return Badge.ofHold(heldBy);
        }
    }

    /** A page of what waits. */
    public record Items(List<Waiting> items, @Nullable String nextCursor) {}

    public record Listed(Webhook webhook, List<Waiting> waiting, Paging paging) {}

    private static View list(PageRequest request) {
        String cursor = request.query().text("cursor");
        Webhook webhook = WebhookPages.get(request);
        String path = "/webhooks/" + request.id() + "/waiting";
        Items found = request.api().get("/v1" + path + Parameters.query(Map.of("cursor", cursor)), Items.class);
        Paging paging = new Paging(path, Map.of(), found.nextCursor(), cursor.isEmpty());
        return View.html("webhook/waiting.jte", new Listed(webhook, found.items(), paging));
    }
}
