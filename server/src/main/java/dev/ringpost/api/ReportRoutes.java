package dev.ringpost.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.http.Access;
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
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.id.IdKind;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What call engines report: the hot path, all of it on the event loop. */
final class ReportRoutes {
    private static final int LARGEST_REPORT = 4 << 20;
    private static final int LARGEST_BATCH = 16 << 20;
    private static final int MOST_REPORTS = 1000;

    private final ApiParts parts;
    private final BatchItemInput input;
    private final CallAnswerJson output;

    ReportRoutes(ApiParts parts) {
        this.parts = parts;
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
        return parts.journal().submit(List.of(command)).thenApply(answers -> () -> {
            CallAnswer.Done done = CallAnswerJson.require(answers.getFirst());
            return Reply.ok(json -> output.write(json, done));
        });
    }

    /** A report of a batch that was read: a command, or what is wrong with it. */
    private sealed interface Item {
        record Good(CallCommand command) implements Item {}

        record Bad(Problem problem) implements Item {}
    }

    private CompletionStage<Supplier<Reply>> batch(Request request) {
        request.faults().check();
        JsonItems body = JsonItems.parse(request.body(), MOST_REPORTS);
        if (body.items().size() > MOST_REPORTS) {
            request.faults().add("", "must have at most " + MOST_REPORTS + " reports");
            request.faults().check();
        }
        List<Item> items = new ArrayList<>(body.items().size());
        List<CallCommand> commands = new ArrayList<>(body.items().size());
        for (JsonItems.Item item : body.items()) {
            Item read = read(request, item, body.isArray() ? "/" + items.size() : "");
            items.add(read);
            if (read instanceof Item.Good(CallCommand command)) {
                commands.add(command);
            }
        }
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(() -> reply(items, List.of()));
        }
        return parts.journal().submit(commands).thenApply(answers -> () -> reply(items, answers));
    }

    private Item read(Request request, JsonItems.Item item, String pointer) {
        if (item.bytes() > LARGEST_REPORT) {
            return new Item.Bad(
                    new Problem(ProblemType.TOO_LARGE, "A report may have at most " + LARGEST_REPORT + " bytes"));
        }
        if (item.fault() != null) {
            return new Item.Bad(item.fault());
        }
        Faults faults = new Faults();
        CallCommand command =
                input.read(Fields.of(item.node(), pointer, faults), request.account(), request.arrivedAt());
        return faults.problem().<Item>map(Item.Bad::new).orElseGet(() -> new Item.Good(command));
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
