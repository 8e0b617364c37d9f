package dev.ringpost.dashboard.replay;

import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.webhook.Webhook;
import java.util.List;

/** Asking for a replay, and watching it. */
public final class ReplayPages {
    private static final String FORM = "replay/form.jte";

    public List<Page> pages() {
        return List.of(
                Page.get("/webhooks/:id/replay", ReplayPages::form),
                Page.post("/webhooks/:id/replay", ReplayPages::begin),
                Page.get("/replays/:id", ReplayPages::show),
                Page.post("/replays/:id/cancel", ReplayPages::cancel));
    }

    private static View form(PageRequest request) {
        request.requireForForm(request.frame().manages());
        return View.html(FORM, ReplayForm.empty(webhook(request)));
    }

    private static View begin(PageRequest request) {
        ReplayForm form = ReplayForm.filled(webhook(request), request.form());
        try {
            Replay begun = request.api().post("/v1/webhooks/" + request.id() + "/replay", form.body(), Replay.class);
            return View.goTo("/replays/" + begun.id());
        } catch (Refused refused) {
            int status = refused.problem().status();
            if (status != 409 && status != 422) {
                throw refused;
            }
            return View.refused(status, FORM, form.refused(refused.problem().told()));
        }
    }

    private static View show(PageRequest request) {
        return View.html("replay/show.jte", request.api().get("/v1/replays/" + request.id(), Replay.class));
    }

    private static View cancel(PageRequest request) {
        request.api().delete("/v1/replays/" + request.id());
        return View.goTo("/replays/" + request.id());
    }

    private static Webhook webhook(PageRequest request) {
        return request.api().get("/v1/webhooks/" + request.id(), Webhook.class);
    }
}
