package dev.ringpost.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.KeyRing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.ProblemJson;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.BatchItemInput;
import dev.ringpost.api.input.CallInput;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.input.ReportInput;
import dev.ringpost.api.json.JsonItems;
import dev.ringpost.api.output.CallAnswerJson;
import dev.ringpost.api.problem.Faults;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.call.Call;
import dev.ringpost.id.IdKind;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.store.ApiKey.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What call engines report: the hot path, all of it on the event loop. */
final class ReportRoutes {
    private static final int LARGEST_REPORT = 4 << 20;
    private static final int LARGEST_BATCH = 16 << 20;
    private static final int MOST_REPORTS = 1000;

    private final ApiParts parts;
    private final KeyRing ring;
    private final BatchItemInput input;
    private final CallAnswerJson output;

    ReportRoutes(ApiParts parts, KeyRing ring) {
        this.parts = parts;
        this.ring = ring;
        this.input = new BatchItemInput(parts.ids(), new CallInput(parts.urls()));
        this.output = new CallAnswerJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.postOnEventLoop("/v1/reports", Access.REPORTING, this::batch)
                        .upTo(LARGEST_BATCH),
                Operation.postOnEventLoop("/v1/calls/:id/reports", Access.REPORTING, this::one)
                        .upTo(LARGEST_REPORT));
    }

    private CompletionStage<Supplier<Reply>> one(Request request) {
        ReportInput report = ReportInput.read(request.fields(), request.arrivedAt());
        request.faults().check();
        CallRef call = new CallRef.ByNumber(request.id(parts.ids(), IdKind.CALL));
        CallCommand command = new CallCommand.Apply(request.account(), call, report.report(), report.idempotencyKey());
        return request.commit().commands(List.of(command), answers -> {
            CallAnswer.Done done = CallAnswerJson.require(answers.getFirst());
            return Reply.ok(json -> output.write(json, done)).about(done.call().no());
        });
    }

    /** A report of a batch that was read: a command, or what is wrong with it. */
    private sealed interface Item {
        record Good(CallCommand command) implements Item {}

        record Bad(Problem problem) implements Item {}
    }

    private CompletionStage<Supplier<Reply>> batch(Request request) {
        request.faults().check();
        // Reading a thousand reports takes the event loop milliseconds, which others wait for.
        parts.journal().requireRoom(request.account());
        JsonItems body = JsonItems.parse(request.body(), MOST_REPORTS);
        if (body.items().size() > MOST_REPORTS) {
            request.faults().add("", "must have at most " + MOST_REPORTS + " reports");
            request.faults().check();
        }
        List<Item> items = new ArrayList<>(body.items().size());
        Set<Long> others = new HashSet<>();
        for (JsonItems.Item item : body.items()) {
            Item read = read(request, item, body.isArray() ? "/" + items.size() : "");
            items.add(read);
            if (read instanceof Item.Good(CallCommand command) && command.account() != request.account()) {
                others.add(command.account());
            }
        }
        return others.isEmpty()
                ? submit(request, items)
                : ring.missing(others).thenCompose(missing -> submit(request, withoutMissing(items, missing)));
    }

    private static List<Item> withoutMissing(List<Item> items, Set<Long> missing) {
        return items.stream()
                .map(item -> item instanceof Item.Good(CallCommand command) && missing.contains(command.account())
                        ? new Item.Bad(noSuchAccount())
                        : item)
                .toList();
    }

    private CompletionStage<Supplier<Reply>> submit(Request request, List<Item> items) {
        List<CallCommand> commands = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item instanceof Item.Good(CallCommand command)) {
                commands.add(command);
            }
        }
        return commands.isEmpty()
                ? CompletableFuture.completedFuture(() -> reply(items, List.of()))
                : request.commit().commands(commands, answers -> about(answers, reply(items, answers)));
    }

    /** Where all that was done was done to one call, the answer is about it. */
    private static Reply about(List<CallAnswer> answers, Reply reply) {
        Call one = null;
        for (CallAnswer answer : answers) {
            if (answer instanceof CallAnswer.Done(Call call, var events, var pending)) {
                if (one != null && one.no() != call.no()) {
                    return reply;
                }
                one = call;
            }
        }
        return one == null ? reply : reply.about(one.no());
    }

    private Item read(Request request, JsonItems.Item item, String pointer) {
        if (item.bytes() > LARGEST_REPORT) {
            return new Item.Bad(
                    new Problem(ProblemType.TOO_LARGE, "A report may have at most " + LARGEST_REPORT + " bytes"));
        }
        try {
            return read(request, item.node(), pointer);
        } catch (ProblemException e) {
            return new Item.Bad(e.problem());
        }
    }

    private Item read(Request request, JsonNode item, String pointer) {
        Faults faults = new Faults();
        Fields fields = Fields.of(item, pointer, faults);
        String accountId = fields.text("account_id", 1, 255);
        Long account = accountId == null ? Long.valueOf(request.account()) : account(accountId);
        CallCommand command = input.read(fields, account == null ? request.account() : account, request.arrivedAt());
        if (faults.problem().isPresent()) {
            return new Item.Bad(faults.problem().get());
        }
        if (accountId != null
                && request.caller().scope() != Scope.OPERATOR
                && !Objects.equals(account, request.account())) {
            return new Item.Bad(
                    new Problem(ProblemType.SCOPE, "Only an operator key may report for another account (account_id)"));
        }
        return account == null ? new Item.Bad(noSuchAccount()) : new Item.Good(command);
    }

    /** Null where it is no account's id. */
    private @Nullable Long account(String id) {
        return parts.ids().parse(IdKind.ACCOUNT, id).orElse(null);
    }

    private static Problem noSuchAccount() {
        return Problem.notFound("There is no account as account_id names");
    }

    private Reply reply(List<Item> items, List<CallAnswer> answers) {
        return Reply.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            int next = 0;
            for (Item item : items) {
                switch (item) {
                    case Item.Good good -> writeAnswer(json, answers.get(next++));
                    case Item.Bad(Problem problem) -> writeError(json, problem);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void writeAnswer(JsonGenerator json, CallAnswer answer) throws IOException {
        Optional<Problem> refusal = CallAnswerJson.refusal(answer);
        if (refusal.isPresent()) {
            writeError(json, refusal.get());
        } else {
            output.write(json, CallAnswerJson.require(answer));
        }
    }

    private static void writeError(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeFieldName("error");
        ProblemJson.write(json, problem);
        json.writeEndObject();
    }
}
