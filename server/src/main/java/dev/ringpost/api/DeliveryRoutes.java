package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.output.AttemptJson;
import dev.ringpost.api.output.DeliveryJson;
import dev.ringpost.call.EventType;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.PageRequest;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempt log: of the account, of a webhook, of a call, of one delivery. */
final class DeliveryRoutes {
    private final ApiParts parts;
    private final AttemptJson output;
    private final DeliveryJson delivery;

    DeliveryRoutes(ApiParts parts) {
        this.parts = parts;
        this.output = new AttemptJson(parts.ids());
        this.delivery = new DeliveryJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.list("/v1/deliveries", Access.READING, this::ofAccount),
                Operation.list("/v1/webhooks/:id/deliveries", Access.READING, this::ofWebhook),
                Operation.list("/v1/calls/:id/deliveries", Access.READING, this::ofCall),
                Operation.get("/v1/deliveries/:id", Access.READING, this::get));
    }

    private Reply ofAccount(Request request) {
        Listing listing = listing(request);
        Long webhook = listing.id("webhook_id", IdKind.WEBHOOK);
        return log(request, listing, webhook, listing.id("call_id", IdKind.CALL));
    }

    private Reply ofWebhook(Request request) {
        long webhook = request.id(parts.ids(), IdKind.WEBHOOK);
        if (parts.records().webhook(request.account(), webhook).isEmpty()) {
            throw Request.noSuch(IdKind.WEBHOOK).asException();
        }
        Listing listing = listing(request);
        return log(request, listing, webhook, listing.id("call_id", IdKind.CALL));
    }

    private Reply ofCall(Request request) {
        long call = request.id(parts.ids(), IdKind.CALL);
        if (parts.records().call(request.account(), call).isEmpty()) {
            throw Request.noSuch(IdKind.CALL).asException();
        }
        Listing listing = listing(request);
        return log(request, listing, listing.id("webhook_id", IdKind.WEBHOOK), call);
    }

    private Listing listing(Request request) {
        return new Listing(request, parts.ids(), IdKind.ATTEMPT);
    }

    private Reply log(Request request, Listing listing, @Nullable Long webhook, @Nullable Long call) {
        AttemptFilter filter = new AttemptFilter(
                webhook,
                listing.choice("event", EventType.values(), EventType::wireName),
                listing.choice("status", LoggedAttempt.Status.values(), AttemptJson::wireName),
                listing.flag("final"),
                listing.id("event_id", IdKind.EVENT),
                call,
                listing.time("since"),
                listing.time("until"));
        PageRequest page = listing.page();
        return listing.reply(
                page, parts.records().attempts(request.account(), filter, page), LoggedAttempt::no, output::write);
    }

    private Reply get(Request request) {
        long[] numbers = request.numbers(parts.ids(), IdKind.DELIVERY);
        List<LoggedAttempt> log = parts.records().attemptsOf(request.account(), numbers[0], numbers[1]);
        if (log.isEmpty()) {
            throw Request.noSuch(IdKind.DELIVERY).asException();
        }
        Event event = parts.records().event(request.account(), numbers[0]).orElse(null);
        Webhook webhook = parts.records().webhook(request.account(), numbers[1]).orElse(null);
        return Reply.ok(json -> delivery.write(json, event, webhook, log));
    }
}
