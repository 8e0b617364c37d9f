package dev.ringpost.simulator;

import dev.ringpost.call.Direction;
import dev.ringpost.call.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a call engine sees of a call, from its start on: data, made by a pure function.
 *
 * @param steps in order of time
 */
public record Script(List<Step> steps) {
    private static final String BOOKED =
            "{\"appointment\":{\"service\":\"check-up\",\"day\":\"Thursday\",\"time\":\"16:00\"},\"reminder\":\"sms\","
                    + "\"sentiment\":\"positive\"}";

    public Script {
        steps = List.copyOf(steps);
    }

    /**
     * A report and when it comes.
     *
     * @param offset after the start
     */
    public record Step(Duration offset, Report report) {}

    /**
     * How a call of this scenario goes.
     *
     * @param start when the engine begins with it
     * @param speed how many times faster than real time, above 0
     */
    public static Script of(Scenario scenario, Direction direction, Instant start, double speed) {
        ScriptWriter writer = new ScriptWriter(start, speed);
        boolean rings = direction != Direction.WEB;
        writer.report(Report.Initiated::new);
        switch (scenario) {
            case FAILING -> writer.pause(2_000).report(at -> new Report.Failed(at, "carrier_rejected"));
            case NO_ANSWER -> writer.pause(25_000).report(at -> new Report.Failed(at, "no_answer"));
            case VOICEMAIL ->
                writer.pause(rings ? 6_000 : 300)
                        .connect()
                        .talk(Dialogues.VOICEMAIL)
                        .end("voicemail")
                        .aftermath("voicemail", "A machine took the call; the agent left a message.", "{}");
            case NORMAL ->
                writer.pause(rings ? 3_000 : 300)
                        .connect()
                        .talk(Dialogues.NORMAL)
                        .end("caller_hung_up")
                        .aftermath("appointment_booked", "A check-up is booked for Thursday at 16:00.", BOOKED);
            case LONG ->
                writer.pause(rings ? 4_000 : 300)
                        .connect()
                        .talk(Dialogues.LONG)
                        .end("caller_hung_up")
                        .aftermath(
                                "appointment_booked",
                                "After questions about cost, doctor and parking a check-up is booked for Thursday at 16:00.",
                                BOOKED);
        }
        return writer.script();
    }

    /**
     * What the engine still sees after somebody stopped the call.
     *
     * @param played what it saw before
     */
    public static Script afterStop(List<Step> played, Instant at, double speed) {
        ScriptWriter writer = new ScriptWriter(at, speed);
        boolean connected = false;
        for (Step step : played) {
            if (step.report() instanceof Report.Connected) {
                connected = true;
            } else if (step.report() instanceof Report.TranscriptSaid said) {
                writer.heard(said.messages());
            }
        }
        if (connected) {
            writer.aftermath("stopped", "The call was stopped before it came to an end.", "{}");
        }
        return writer.script();
    }
}
