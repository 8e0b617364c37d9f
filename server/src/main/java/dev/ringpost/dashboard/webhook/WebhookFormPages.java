package dev.ringpost.dashboard.webhook;

import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Making a webhook, and changing one. */
public final class WebhookFormPages {
    private static final String TEMPLATE = "webhook/form.jte";

    public List<Page> pages() {
        return List.of(
                Page.get("/webhooks/new", WebhookFormPages::blank),
                Page.post("/webhooks", WebhookFormPages::create),
                Page.get("/webhooks/:id/edit", WebhookFormPages::edit),
                Page.post("/webhooks/:id/edit", WebhookFormPages::save));
    }

    /** @param webhook that is changed; null: a new one */
    public record Filled(@Nullable Webhook webhook, WebhookForm form, Faults faults) {
        /** Where the form goes. */
        public String action() {
            return webhook == null ? "/webhooks" : webhook.path() + "/edit";
        }

        public boolean isOfCalls() {
            return webhook != null && webhook.isOfCalls();
        }
    }

    private static View blank(PageRequest request) {
        request.requireForForm(request.frame().makesWebhooks());
        return View.html(TEMPLATE, new Filled(null, WebhookForm.blank(), Faults.NONE));
    }

    private static View create(PageRequest request) {
        WebhookForm form = WebhookForm.of(request.form());
        try {
            Webhook made = request.api().post("/v1/webhooks", form.creation(), Webhook.class);
            return View.goTo(made.path() + "?created");
        } catch (Refused refused) {
            return again(null, form, refused);
        }
    }

    private static View edit(PageRequest request) {
        request.requireForForm(request.frame().manages());
        Webhook webhook = WebhookPages.get(request);
        return View.html(TEMPLATE, new Filled(webhook, WebhookForm.of(webhook), Faults.NONE));
    }

    private static View save(PageRequest request) {
        Webhook webhook = WebhookPages.get(request);
        WebhookForm form = WebhookForm.of(request.form());
        try {
            var _ = request.api().patch("/v1/webhooks/" + request.id(), form.change(webhook), Webhook.class);
            return View.goTo(webhook.path() + "?saved");
        } catch (Refused refused) {
            return again(webhook, form, refused);
        }
    }

    /** The form as it was filled in, with what is wrong in it. Only what a form can mend: the rest is a page of its own. */
    private static View again(@Nullable Webhook webhook, WebhookForm form, Refused refused) {
        int status = refused.problem().status();
        if (status != 422 && status != 409) {
            throw refused;
        }
        Faults faults = Faults.of(refused.problem(), WebhookForm.FIELDS);
        return View.refused(status, TEMPLATE, new Filled(webhook, form, faults));
    }
}
