package dev.ringpost.intake;

import dev.ringpost.call.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a call that says nothing counts as lost. */
record CallTimeout(Duration length) {
    CallTimeout {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("callTimeout must be more than 0, not " + length);
        }
    }

    /** The time for which a call is planned counts as a report. */
    Instant deadline(Call call) {
        Instant planned = call.spec().scheduledAt();
        Instant heard = call.updatedAt();
        return (planned != null && planned.isAfter(heard) ? planned : heard)
                .plus(length)
                .truncatedTo(ChronoUnit.MILLIS);
    }
}
