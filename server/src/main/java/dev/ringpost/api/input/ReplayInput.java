package dev.ringpost.api.input;

import dev.ringpost.api.output.ReplayJson;
import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;

/** The body of POST /v1/webhooks/{id}/replay. */
public final class ReplayInput {
    private ReplayInput() {}

    /**
     * The replay that is asked for. Without {@code events}: all that the webhook has subscribed; partials are left out.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public static Replay read(Fields body, Webhook webhook, long no, Instant now) {
        Instant since = body.time("since");
        if (since == null && !body.has("since")) {
            body.fault("since", "is required");
        } else if (since == null && body.value("since") == null) {
            body.fault("since", "must not be null");
        }
        Instant until = body.time("until");
        Instant end = until == null || until.isAfter(now) ? now : until;
        if (since != null && !since.isBefore(end)) {
            body.fault("since", until == null ? "must be in the past" : "must be before until, and in the past");
        }
        Set<EventType> events = CallInput.events(body, "events");
        Replay.Only only = body.choice("only", Replay.Only.values(), ReplayJson::wireName);
        body.done();
        body.faults().check();
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        types.addAll(events == null ? webhook.events() : events);
        types.remove(EventType.TRANSCRIPT_PARTIAL);
        Instant begin = since == null ? end : ceilMillis(since);
        return new Replay(
                no,
                webhook.account(),
                webhook.no(),
                only == null ? Replay.Only.FAILED : only,
                types,
                begin,
                ceilMillis(end),
                Replay.Status.RUNNING,
                Math.max(0, NumberSource.firstAt(begin) - 1),
                0,
                0,
                0,
                0,
                now);
    }

    /** The smallest whole millisecond that is not before the time. */
    private static Instant ceilMillis(Instant time) {
        Instant floor = time.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(time) ? time : floor.plusMillis(1);
    }
}
