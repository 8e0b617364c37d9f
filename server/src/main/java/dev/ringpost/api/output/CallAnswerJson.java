package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.CallAnswer;
import java.io.IOException;
import java.util.Optional;

/** What became of a report or another command to a call. */
public final class CallAnswerJson {
    private final PublicIds ids;

    public CallAnswerJson(PublicIds ids) {
        this.ids = ids;
    }

    public void write(JsonGenerator json, CallAnswer.Done done) throws IOException {
        json.writeStartObject();
        json.writeStringField("call_id", ids.call(done.call().no()));
        json.writeStringField("status", done.call().status().wireName());
        Members.strings(json, "events", done.events(), ids::event);
        json.writeArrayFieldStart("pending");
        for (CallAnswer.Pending pending : done.pending()) {
            json.writeStartObject();
            json.writeStringField("event", pending.event().wireName());
            Members.time(json, "until", pending.until());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("stop_requested", done.call().progress().stopRequested());
        json.writeEndObject();
    }

    /**
     * The answer, if it was done.
     *
     * @throws dev.ringpost.api.problem.ProblemException 404 or 409 otherwise
     */
    public static CallAnswer.Done require(CallAnswer answer) {
        if (answer instanceof CallAnswer.Done done) {
            return done;
        }
        throw refusal(answer).orElseThrow().asException();
    }

    /** Why it was not done; empty where it was. */
    public static Optional<Problem> refusal(CallAnswer answer) {
        return switch (answer) {
            case CallAnswer.Done done -> Optional.empty();
            case CallAnswer.Erased _ -> Optional.empty();
            case CallAnswer.WasErased() ->
                Optional.of(new Problem(
                        ProblemType.ERASED,
                        "This call was erased: nothing is taken for it any more, and it is never made again"));
            case CallAnswer.NotFound() -> Optional.of(Problem.notFound("There is no such call in this account"));
            case CallAnswer.ExternalIdTaken(String externalId) ->
                Optional.of(new Problem(
                        ProblemType.EXTERNAL_ID_TAKEN,
                        "The account already has a call with external_id " + externalId));
            case CallAnswer.Impossible impossible ->
                Optional.of(new Problem(
                        ProblemType.IMPOSSIBLE_TRANSITION,
                        "The call is " + impossible.from() + ", so '" + impossible.report() + "' can't follow. "
                                + impossible.advice()));
        };
    }
}
