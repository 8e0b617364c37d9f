package dev.ringpost.dashboard.webhook;

import dev.ringpost.dashboard.delivery.Log;
import dev.ringpost.dashboard.delivery.LogPages;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import java.util.List;

/** The attempt log of one webhook. */
public final class WebhookLogPages {
    public List<Page> pages() {
        return List.of(
                Page.get("/webhooks/:id/deliveries", WebhookLogPages::show),
                Page.get("/webhooks/:id/deliveries/newer", request -> LogPages.newer(request, path(request))));
    }

    public record Shown(Webhook webhook, Log log) {}

    private static View show(PageRequest request) {
        Webhook webhook = WebhookPages.get(request);
        return View.html("webhook/log.jte", new Shown(webhook, LogPages.log(request, path(request))));
    }

    private static String path(PageRequest request) {
        return "/webhooks/" + request.id();
    }
}
