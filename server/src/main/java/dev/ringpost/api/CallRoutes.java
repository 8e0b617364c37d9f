package dev.ringpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Caller;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.CallInput;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.output.CallAnswerJson;
import dev.ringpost.api.output.CallDocument;
import dev.ringpost.api.output.CallJson;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.call.Call;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.id.IdKind;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls: placed, looked at, judged and stopped by users. */
final class CallRoutes {
    /** What a key of scope web_calls, which may lie in a browser, must not say. */
    private static final Set<String> NOT_FOR_BROWSERS =
            Set.of("webhook_url", "webhook_mode", "webhook_events", "overrides", "scheduled_at");

    private static final Duration LONGEST_ERASURE = Duration.ofSeconds(20);

    private final ApiParts parts;
    private final CallInput input;
    private final CallJson output;
    private final CallDocument document;

    CallRoutes(ApiParts parts) {
        this.parts = parts;
        this.input = new CallInput(parts.urls());
        this.output = new CallJson(parts.ids());
        this.document = new CallDocument(parts.records(), parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.postOnEventLoop("/v1/calls", Access.MANAGING, this::create),
                Operation.postOnEventLoop("/v1/calls/web", Access.PLACING_WEB_CALLS, this::createWeb),
                Operation.list("/v1/calls", Access.READING_CALLS, this::list),
                Operation.get("/v1/calls/:id", Access.READING_CALLS, this::get),
                Operation.patch("/v1/calls/:id", Access.MANAGING, this::setOutcome),
                Operation.delete("/v1/calls/:id", Access.MANAGING, this::erase),
                Operation.post("/v1/calls/:id/stop", Access.MANAGING, this::stop)
                        .bodyOptional());
    }

    private CompletionStage<Supplier<Reply>> create(Request request) {
        return create(request, input.outbound(request.fields(), request.arrivedAt()));
    }

    private CompletionStage<Supplier<Reply>> createWeb(Request request) {
        JsonNode body = request.json();
        if (request.caller() instanceof Caller.WithKey(ApiKey key, long account)
                && key.scope() == ApiKey.Scope.WEB_CALLS) {
            refuseWhatBrowsersMustNotSay(body, key);
        }
        return create(request, input.web(Fields.of(body, "", request.faults()), request.arrivedAt()));
    }

    private static void refuseWhatBrowsersMustNotSay(JsonNode body, ApiKey key) {
        TreeSet<String> refused = new TreeSet<>(NOT_FOR_BROWSERS);
        refused.removeIf(name -> !body.has(name));
        if (!refused.isEmpty()) {
            throw new Problem(ProblemType.SCOPE, "A key of scope web_calls may not set " + String.join(", ", refused))
                    .asException();
        }
        if (!key.agentIds().isEmpty()
                && !key.agentIds().contains(body.path("agent_id").asText())) {
            throw new Problem(ProblemType.SCOPE, "This key may not place calls of this agent_id").asException();
        }
    }

    private CompletionStage<Supplier<Reply>> create(Request request, CallSpec spec) {
        request.faults().check();
        CallCommand command = new CallCommand.Create(request.account(), spec);
        return request.commit()
                .commands(
                        List.of(command),
                        answers -> created(answers.getFirst()),
                        answers -> parts.engine().commandsDue());
    }

    private Reply created(CallAnswer answer) {
        Call call = CallAnswerJson.require(answer).call();
        return Reply.created("/v1/calls/" + parts.ids().call(call.no()), json -> output.write(json, call, "null"))
                .about(call.no());
    }

    private Reply list(Request request) {
        Listing listing = new Listing(request, parts.ids(), IdKind.CALL);
        CallFilter filter = new CallFilter(
                listing.text("agent_id"),
                listing.choice("status", CallStatus.values(), CallStatus::wireName),
                listing.text("external_id"),
                listing.time("since"),
                listing.time("until"));
        PageRequest page = listing.page();
        return listing.reply(
                page, parts.records().calls(request.account(), filter, page), Call::no, output::writeWithoutMessages);
    }

    private Reply get(Request request) {
        long no = request.id(parts.ids(), IdKind.CALL);
        Call call = parts.records()
                .call(request.account(), no)
                .orElseThrow(() -> Request.noSuch(IdKind.CALL).asException());
        return reply(call);
    }

    private Reply setOutcome(Request request) {
        Fields body = request.fields();
        if (!body.has("outcome")) {
            body.fault("outcome", "is required (it may be null)");
        }
        String outcome = body.text("outcome", 1024);
        body.done();
        request.faults().check();
        long no = request.id(parts.ids(), IdKind.CALL);
        return reply(submit(new CallCommand.SetOutcome(request.account(), no, outcome)));
    }

    private Reply stop(Request request) {
        request.fields().done();
        request.faults().check();
        CallCommand.CallRef call = new CallCommand.CallRef.ByNumber(request.id(parts.ids(), IdKind.CALL));
        Call stopped =
                submit(new CallCommand.Apply(request.account(), call, new Report.Stop(request.arrivedAt()), null));
        parts.engine().commandsDue();
        return reply(stopped);
    }

    private Reply erase(Request request) {
        long no = request.id(parts.ids(), IdKind.CALL);
        CompletableFuture<CallAnswer> erased = parts.erasure()
                .call(request.account(), no)
                .orTimeout(LONGEST_ERASURE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            CallAnswer answer = Waiting.on(erased);
            CallAnswerJson.refusal(answer).ifPresent(refusal -> {
                throw refusal.asException();
            });
            return Reply.noContent();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw stillInTheLog().asException();
            }
            throw e;
        }
    }

    private static Problem stillInTheLog() {
        return new Problem(
                        ProblemType.STORE_UNAVAILABLE,
                        "The call is erased, but something that reads the database for long (a backup?) keeps the last"
                                + " trace of it on the disk: ask again until the answer is 404 with type erased")
                .withHeader("retry-after", "5");
    }

    private Call submit(CallCommand command) {
        List<CallAnswer> answers = Waiting.on(parts.journal().submit(List.of(command)));
        return CallAnswerJson.require(answers.getFirst()).call();
    }

    private Reply reply(Call call) {
        return Reply.ok(json -> document.write(json, call)).about(call.no());
    }
}
