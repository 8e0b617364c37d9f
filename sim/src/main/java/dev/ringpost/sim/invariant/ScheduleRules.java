package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a failed delivery is tried again. */
final class ScheduleRules {
    private static final long AFTER_OUTAGE = 5_000;

    void aFailureIsWrittenAtItsTime(LaneWrite.Retry retry, long now) {
        if (retry.failedAt() != now) {
            throw new Broken("aFailureIsWrittenAtItsTime", retry + " at " + now);
        }
    }

    /** Nobody was reached while the network was down. */
    void anOutageCostsNoStep(Fate fate, LaneWrite.Retry retry) {
        if (fate.hurried || !fate.waits()) {
            return;
        }
        long pause = retry.dueAt() - retry.failedAt();
        boolean anew = fate.outOfOrder && retry.step() == 0;
        boolean soon = pause >= Math.round(AFTER_OUTAGE * 0.8) && pause <= Math.round(AFTER_OUTAGE * 1.2);
        if ((retry.step() != fate.step() && !anew) || !soon) {
            throw new Broken("anOutageCostsNoStep", retry + " follows " + fate);
        }
    }

    void retryTimesLieOnTheSchedule(Life life, Fate fate, LaneWrite.Retry retry) {
        // Of what was erased meanwhile nothing more is planned, whatever its engine thinks.
        if (fate.hurried || !fate.waits()) {
            return;
        }
        Webhook webhook = life.known.get(retry.endpoint());
        List<Duration> schedule =
                webhook == null ? List.of() : webhook.options().retrySchedule();
        int taken = retry.step() - 1;
        // What was asked for begins its schedule anew, also where it was asked for while an attempt was under way.
        boolean anew = fate.outOfOrder && taken == 0;
        if ((taken != fate.step() && !anew) || taken >= schedule.size()) {
            throw new Broken("retryTimesLieOnTheSchedule", retry + " follows " + fate + " on " + schedule);
        }
        long pause = retry.dueAt() - retry.failedAt();
        long planned = schedule.get(taken).toMillis();
        @Nullable Duration wish = retry.result().retryAfter();
        long least = Math.max(Math.round(planned * 0.8), wish == null ? 0 : wish.toMillis());
        long most = Math.max(Math.round(planned * 1.2), wish == null ? 0 : wish.toMillis());
        if (pause < least || pause > most) {
            throw new Broken(
                    "retryTimesLieOnTheSchedule", pause + " ms is not in " + least + ".." + most + ": " + retry);
        }
    }

    void nothingGivesUpBeforeItsScheduleEnds(Life life, Fate fate, LaneWrite.Finish finish) {
        if (finish.end() == DeliveryEnd.SUPERSEDED && fate.delivery.type() != EventType.TRANSCRIPT_PARTIAL) {
            throw new Broken("partialsAreSupersededAndNothingElseIs", finish.toString());
        }
        if (finish.end() != DeliveryEnd.GAVE_UP || !fate.waits()) {
            return;
        }
        Webhook webhook = life.known.get(finish.endpoint());
        int pauses = webhook == null ? 0 : webhook.options().retrySchedule().size();
        if (finish.result() == null || (fate.step() < pauses && !fate.hurried)) {
            throw new Broken("nothingGivesUpBeforeItsScheduleEnds", finish + " of " + fate + " with " + pauses);
        }
    }
}
