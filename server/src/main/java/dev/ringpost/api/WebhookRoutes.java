package dev.ringpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.input.FreshSecret;
import dev.ringpost.api.input.WebhookInput;
import dev.ringpost.api.output.AttemptJson;
import dev.ringpost.api.output.WebhookJson;
import dev.ringpost.api.problem.Faults;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.call.EventType;
import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.delivery.WebhookSweeps;
import dev.ringpost.dispatch.Dispatch;
import dev.ringpost.id.IdKind;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.WebhookFilter;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Webhooks: registered, changed, tried out and removed. */
final class WebhookRoutes {
    /** The one of kind ops belongs to the server and is found by its id only. */
    private static final WebhookKind[] LISTED = {WebhookKind.ACCOUNT, WebhookKind.CALL};

    private final ApiParts parts;
    private final int maxWebhooks;
    private final WebhookInput input;
    private final WebhookJson output;
    private final AttemptJson attempts;
    private final WebhookSweeps sweeps;

    WebhookRoutes(ApiParts parts, ApiSettings settings) {
        this.parts = parts;
        this.maxWebhooks = settings.maxWebhooks();
        this.input = new WebhookInput(parts.urls(), settings.retention());
        this.output = new WebhookJson(parts.ids());
        this.attempts = new AttemptJson(parts.ids());
        this.sweeps = new WebhookSweeps(parts.numbers());
    }

    List<Operation> operations() {
        return List.of(
                Operation.post("/v1/webhooks", Access.MANAGING, this::create),
                Operation.list("/v1/webhooks", Access.READING, this::list).narrowed(Narrowing.BY_HANDLER),
                Operation.get("/v1/webhooks/:id", Access.READING, this::get).narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.patch("/v1/webhooks/:id", Access.MANAGING, this::patch)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.delete("/v1/webhooks/:id", Access.MANAGING, this::delete)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.post("/v1/webhooks/:id/test", Access.MANAGING, this::test)
                        .bodyOptional()
                        .narrowed(Narrowing.WEBHOOK_IN_PATH));
    }

    private Reply create(Request request) {
        Fields body = request.fields();
        Webhook webhook = input.create(body, parts.numbers().next(), request.account(), request.arrivedAt());
        Journal.Change<Webhook> insertion = transaction -> {
            refuseOneTooMany(transaction, request.account());
            transaction.insertWebhook(webhook);
            return webhook;
        };
        return Waiting.on(request.commit().change(insertion, this::created, dispatch()::webhookChanged))
                .get();
    }

    private Reply created(Webhook webhook) {
        return Reply.created(
                        "/v1/webhooks/" + parts.ids().webhook(webhook.no()),
                        json -> output.writeWithSecret(json, webhook))
                .about(webhook.no());
    }

    private void refuseOneTooMany(Transaction transaction, long account) {
        if (transaction.countAccountWebhooks(account) >= maxWebhooks) {
            throw new Problem(
                            ProblemType.LIMIT_REACHED,
                            "The account has " + maxWebhooks + " webhooks, which is the limit; delete one first")
                    .asException();
        }
    }

    private Reply list(Request request) {
        Listing listing = new Listing(request, parts.ids(), IdKind.WEBHOOK);
        WebhookKind kind = listing.choice("kind", LISTED, WebhookKind::wireName);
        WebhookStatus status = listing.choice("status", WebhookStatus.values(), WebhookStatus::wireName);
        Boolean failing = listing.flag("failing");
        PageRequest page = listing.page();
        WebhookFilter filter = new WebhookFilter(
                kind == null ? WebhookKind.ACCOUNT : kind,
                status,
                failing,
                request.caller().webhooks());
        Page<Webhook> found = parts.records().webhooks(request.account(), filter, page);
        Map<Long, Attempts> lastDay =
                lastDay(request, found.items().stream().map(Webhook::no).toList());
        return listing.reply(
                page,
                found,
                Webhook::no,
                (json, webhook) -> output.write(
                        json, webhook, dispatch().health(webhook), lastDay.getOrDefault(webhook.no(), Attempts.NONE)));
    }

    /** The attempts of this hour and of the 23 before it. */
    private Map<Long, Attempts> lastDay(Request request, List<Long> webhooks) {
        Instant end = Interval.HOUR.startOf(request.arrivedAt()).plus(Interval.HOUR.length());
        return parts.records().attempts(request.account(), webhooks, end.minus(Interval.DAY.length()), end);
    }

    private Reply get(Request request) {
        return reply(request, existing(request));
    }

    private Reply patch(Request request) {
        Webhook known = existing(request);
        JsonNode body = request.json();
        FreshSecret fresh = new FreshSecret();
        // First on what is read now, so that a faulty body never reaches the writer; then on what the writer sees.
        input.patch(Fields.of(body, "", request.faults()), known, fresh, request.arrivedAt());
        Patched patched = Waiting.on(parts.journal().change(transaction -> {
            Webhook current = existing(transaction, known);
            Webhook changed = input.patch(Fields.of(body, "", new Faults()), current, fresh, request.arrivedAt());
            transaction.updateWebhook(changed);
            List<Sweep> due = sweeps.of(current, changed, changed.isActive() && body.has("status"));
            due.forEach(transaction::insertSweep);
            return new Patched(changed, due);
        }));
        dispatch().webhookChanged(patched.webhook());
        patched.sweeps().forEach(dispatch()::sweep);
        return reply(request, patched.webhook());
    }

    /** @param sweeps what it does to what waits */
    private record Patched(Webhook webhook, List<Sweep> sweeps) {}

    private Reply delete(Request request) {
        Webhook known = existing(request);
        if (known.kind() == WebhookKind.OPS) {
            throw new Problem(
                            ProblemType.FIXED_BY_OPTION,
                            "The server's option --ops-webhook keeps this webhook; it is gone after a start without it")
                    .asException();
        }
        Webhook deleted = Waiting.on(parts.journal().change(transaction -> {
            Webhook current = existing(transaction, known);
            transaction.deleteWebhook(current.account(), current.no());
            return current;
        }));
        dispatch().webhookDeleted(deleted);
        return Reply.noContent();
    }

    private Reply test(Request request) {
        Webhook webhook = existing(request);
        Set<EventType> known = webhook.kind() == WebhookKind.OPS ? EventType.OF_OPERATION : EventType.OF_CALLS;
        Fields body = request.fields();
        EventType chosen = body.choice("event", known.toArray(EventType[]::new), EventType::wireName);
        body.done();
        request.faults().check();
        EventType type = chosen == null ? webhook.events().iterator().next() : chosen;
        LoggedAttempt attempt = Waiting.on(dispatch().test(webhook, type));
        if (attempt.status() == LoggedAttempt.Status.SUCCEEDED) {
            Sweep repair = sweeps.repair(webhook);
            Waiting.on(parts.journal().change(transaction -> {
                transaction.insertSweep(repair);
                return repair;
            }));
            dispatch().sweep(repair);
        }
        return Reply.ok(json -> attempts.write(json, attempt)).about(webhook.no());
    }

    private Webhook existing(Request request) {
        long no = request.id(parts.ids(), IdKind.WEBHOOK);
        return parts.records()
                .webhook(request.account(), no)
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
    }

    private static Webhook existing(Transaction transaction, Webhook known) {
        return transaction
                .webhook(known.no())
                .filter(webhook -> webhook.account() == known.account())
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
    }

    private Reply reply(Request request, Webhook webhook) {
        Attempts lastDay = lastDay(request, List.of(webhook.no())).getOrDefault(webhook.no(), Attempts.NONE);
        return Reply.ok(json -> output.write(json, webhook, dispatch().health(webhook), lastDay));
    }

    private Dispatch dispatch() {
        return parts.dispatch();
    }
}
