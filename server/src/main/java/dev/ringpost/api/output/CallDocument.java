package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.json.StrictJson;
import dev.ringpost.call.Call;
import dev.ringpost.call.Transcript;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Records;
import java.io.IOException;

/** A call as GET /v1/calls/{id} shows it, the messages included, wherever they are. Reads the store. */
public final class CallDocument {
    private final Records records;
    private final CallJson calls;

    public CallDocument(Records records, PublicIds ids) {
        this.records = records;
        this.calls = new CallJson(ids);
    }

    public void write(JsonGenerator json, Call call) throws IOException {
        calls.write(json, call, messages(call));
    }

    /** The transcript as a JSON array; null as text where there is none, or its event is no longer kept. */
    private String messages(Call call) {
        return switch (call.facts().transcript()) {
            case null -> "null";
            case Transcript.Kept(var messages) -> messages.text();
            case Transcript.InEvent(long event) ->
                records.event(call.account(), event)
                        .map(found -> StrictJson.compact(
                                StrictJson.parse(found.payload()).path("messages")))
                        .orElse("null");
        };
    }
}
