package dev.ringpost.call;

import java.time.Duration;
import java.time.Instant;

/** A believable call for test deliveries: somebody books a table, and each of the seven events tells of it. */
public final class Samples {
    private static final Duration LENGTH = Duration.ofMillis(42_500);
    private static final String OUTCOME = "booked";
    private static final String SUMMARY = "The caller booked a table for two on Friday at 19:00.";
    private static final Json METADATA = new Json("{\"sample\":true}");
    private static final Json ANALYSIS = new Json("{\"party_size\":2,\"sentiment\":\"positive\"}");

    /** @param call stored nowhere */
    public record Sample(Call call, Transition.Fired fired) {}

    /**
     * @param no the number of the event, and of the sample call
     * @param now about when the event would have fired
     */
    public Sample of(EventType type, long no, Instant now) {
        Call call = Call.create(no, 0, spec(), now);
        Instant started = now.minus(LENGTH);
        return new Sample(
                call,
                switch (type) {
                    case CALL_STARTED -> fired(1, new CallEvent.Started(now));
                    case CALL_FAILED -> fired(1, new CallEvent.Failed("no_answer", now));
                    case TRANSCRIPT_PARTIAL -> fired(2, new CallEvent.PartialTranscript(soFar(started)));
                    case CALL_ENDED -> fired(3, ended(started, now));
                    case CALL_ANALYZED -> fired(4, new CallEvent.Analyzed(OUTCOME, SUMMARY, ANALYSIS));
                    case CALL_RECORDING_AVAILABLE -> fired(5, new CallEvent.RecordingAvailable(recording(now)));
                    case TRANSCRIPT_FINAL -> fired(6, new CallEvent.FinalTranscript(whole(started)));
                    case WEBHOOK_DISABLED, WEBHOOK_FAILING, WEBHOOK_RECOVERED, DELIVERY_EXHAUSTED ->
                        throw new IllegalArgumentException(type + " is no event of a call");
                });
    }

    private static Transition.Fired fired(int sequence, CallEvent event) {
        return new Transition.Fired(sequence, event);
    }

    private static CallSpec spec() {
        return new CallSpec(
                "sample-call",
                "agent_sample",
                Direction.OUTBOUND,
                "+14155550100",
                "+14155550123",
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                METADATA,
                null);
    }

    private static CallEvent.Ended ended(Instant started, Instant now) {
        return new CallEvent.Ended(started, now, LENGTH.toMillis() / 1000.0, "caller_hangup", OUTCOME, SUMMARY);
    }

    private static Recording recording(Instant now) {
        return new Recording(
                "https://recordings.example.com/sample-call.mp3",
                LENGTH.toMillis() / 1000.0,
                "mp3",
                now.plus(Duration.ofDays(7)));
    }

    private static Json soFar(Instant started) {
        return new Json("[" + greeting(started) + "," + request(started) + "]");
    }

    private static Json whole(Instant started) {
        String answer = message("agent", "Friday at seven it is. See you then!", started.plusSeconds(9));
        return new Json("[" + greeting(started) + "," + request(started) + "," + answer + "]");
    }

    private static String greeting(Instant started) {
        return message("agent", "Good evening, how can I help you?", started.plusSeconds(1));
    }

    private static String request(Instant started) {
        return message("user", "A table for two on Friday at seven, please.", started.plusSeconds(4));
    }

    private static String message(String role, String content, Instant at) {
        return "{\"role\":\"%s\",\"content\":\"%s\",\"at\":\"%s\"}".formatted(role, content, Payloads.TIME.format(at));
    }
}
