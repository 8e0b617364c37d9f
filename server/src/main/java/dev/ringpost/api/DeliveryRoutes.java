package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Caller;
import dev.ringpost.api.http.Filters;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.output.AttemptJson;
import dev.ringpost.api.output.DeliveryJson;
import dev.ringpost.api.output.DeliveryRecord;
import dev.ringpost.api.output.HeldBy;
import dev.ringpost.api.output.WaitingJson;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneView;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attempt log: of the account, of a webhook, of a call, of one delivery. */
final class DeliveryRoutes {
    private final ApiParts parts;
    private final AttemptJson output;
    private final DeliveryJson delivery;
    private final WaitingJson waiting;

    DeliveryRoutes(ApiParts parts) {
        this.parts = parts;
        this.output = new AttemptJson(parts.ids());
        this.delivery = new DeliveryJson(parts.ids());
        this.waiting = new WaitingJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.list("/v1/deliveries", Access.READING, this::ofAccount)
                        .narrowed(Narrowing.BY_HANDLER),
                Operation.list("/v1/webhooks/:id/deliveries", Access.READING, this::ofWebhook)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.list("/v1/calls/:id/deliveries", Access.READING, this::ofCall),
                Operation.list("/v1/webhooks/:id/waiting", Access.READING, this::waiting)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.get("/v1/deliveries/:id", Access.READING, this::get).narrowed(Narrowing.DELIVERY_IN_PATH),
                Operation.post("/v1/deliveries/:id/retry", Access.MANAGING, this::retry)
                        .bodyOptional()
                        .narrowed(Narrowing.DELIVERY_IN_PATH));
    }

    private Reply ofAccount(Request request) {
        Listing listing = listing(request);
        Long webhook = listing.id("webhook_id", IdKind.WEBHOOK);
        return log(request, listing, webhook, listing.id("call_id", IdKind.CALL));
    }

    private Reply ofWebhook(Request request) {
        long webhook = webhook(request).no();
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
        AttemptFilter filter = filter(
                listing, endpoints(request.caller(), webhook), call, listing.time("since"), listing.time("until"));
        PageRequest page = listing.page();
        return listing.reply(
                page, parts.records().attempts(request.account(), filter, page), LoggedAttempt::no, output::write);
    }

    /** The one that is asked for, or all that the caller may see; null: any. */
    static @Nullable Set<Long> endpoints(Caller caller, @Nullable Long webhook) {
        if (webhook == null) {
            return caller.webhooks();
        }
        return caller.sees(webhook) ? Set.of(webhook) : Set.of();
    }

    static AttemptFilter filter(
            Filters query,
            @Nullable Set<Long> webhooks,
            @Nullable Long call,
            @Nullable Instant since,
            @Nullable Instant until) {
        return new AttemptFilter(
                webhooks,
                query.choice("event", EventType.values(), EventType::wireName),
                query.choice("status", LoggedAttempt.Status.values(), AttemptJson::wireName),
                query.flag("final"),
                query.id("event_id", IdKind.EVENT),
                call,
                since,
                until);
    }

    /** By event number, newest first, without what is in flight. */
    private Reply waiting(Request request) {
        Webhook webhook = webhook(request);
        Listing listing = new Listing(request, parts.ids(), IdKind.EVENT);
        PageRequest page = listing.page();
        Optional<LaneView> lane = parts.dispatch().lane(webhook);
        Set<Long> inFlight = lane.map(LaneView::inFlight).orElse(Set.of());
        return listing.reply(
                page,
                parts.records().waiting(request.account(), webhook.no(), inFlight, page),
                waiting -> waiting.delivery().event(),
                (json, waiting) -> this.waiting.write(json, waiting, webhook, lane, request.arrivedAt()));
    }

    private Webhook webhook(Request request) {
        return parts.records()
                .webhook(request.account(), request.id(parts.ids(), IdKind.WEBHOOK))
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
    }

    private Reply get(Request request) {
        DeliveryRecord found = find(request);
        return Reply.ok(shown(found, request.arrivedAt()));
    }

    /** Throws 404 where there neither is nor was such a delivery. */
    private DeliveryRecord find(Request request) {
        long[] numbers = request.numbers(parts.ids(), IdKind.DELIVERY);
        Records records = parts.records();
        // What waits first: where it ends in between, the log has it.
        WaitingDelivery waiting =
                records.waiting(request.account(), numbers[0], numbers[1]).orElse(null);
        List<LoggedAttempt> log = records.attemptsOf(request.account(), numbers[0], numbers[1]);
        if (log.isEmpty() && waiting == null) {
            throw Request.noSuch(IdKind.DELIVERY).asException();
        }
        return new DeliveryRecord(
                numbers[0],
                numbers[1],
                records.event(request.account(), numbers[0]).orElse(null),
                records.webhook(request.account(), numbers[1]).orElse(null),
                waiting,
                log);
    }

    private Reply.Content shown(DeliveryRecord found, Instant now) {
        HeldBy heldBy = heldBy(found, now);
        return json -> delivery.write(json, found, heldBy);
    }

    /** Null where it has ended, is under way, or its webhook was deleted. */
    private @Nullable HeldBy heldBy(DeliveryRecord found, Instant now) {
        WaitingDelivery waiting = found.waiting();
        Webhook webhook = found.webhook();
        if (waiting == null || webhook == null) {
            return null;
        }
        Optional<LaneView> lane = parts.dispatch().lane(webhook);
        boolean inFlight = lane.map(
                        view -> view.inFlight().contains(waiting.delivery().event()))
                .orElse(false);
        return inFlight ? null : HeldBy.of(waiting, webhook, lane, now);
    }

    private Reply retry(Request request) {
        Fields body = request.fields();
        body.done();
        request.faults().check();
        DeliveryRecord known = find(request);
        Event event = known.event();
        if (event == null) {
            throw new Problem(
                            ProblemType.EVENT_GONE,
                            "The event is not kept any more (a test's never is), so it can't be sent again")
                    .asException();
        }
        Delivery asked = new Delivery(
                event.no(), known.endpoint(), event.account(), event.call(), event.sequence(), event.type());
        Waiting.on(parts.dispatch().ask(asked, transaction -> {
            requireWanted(transaction, asked);
            return transaction.ask(asked, request.arrivedAt());
        }));
        DeliveryRecord now = find(request);
        return Reply.accepted(shown(now, request.arrivedAt()));
    }

    private static void requireWanted(Transaction transaction, Delivery delivery) {
        Webhook webhook = transaction
                .webhook(delivery.endpoint())
                .orElseThrow(() -> new Problem(
                                ProblemType.WEBHOOK_INACTIVE, "The webhook was deleted, so nothing is sent to it")
                        .asException());
        Problems.requireActive(webhook);
        if (!webhook.events().contains(delivery.type())) {
            throw new Problem(
                            ProblemType.NOT_SUBSCRIBED,
                            "The webhook's events do not name "
                                    + delivery.type().wireName() + "; add it first")
                    .asException();
        }
    }
}
