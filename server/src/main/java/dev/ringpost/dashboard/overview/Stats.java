package dev.ringpost.dashboard.overview;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GET /v1/stats says. */
public record Stats(String interval, String since, String until, List<Item> items, Totals totals, Now now) {
    /** An interval. */
    public record Item(
            String at,
            long events,
            long deliveriesSucceeded,
            long deliveriesFailed,
            long attemptsSucceeded,
            long attemptsFailed,
            @Nullable Long lagP50Ms,
            @Nullable Long lagP99Ms) {
        /** Something happened in it. */
        public boolean isBusy() {
            return events + deliveriesSucceeded + deliveriesFailed + attemptsSucceeded + attemptsFailed > 0;
        }
    }

    /** All intervals together. */
    public record Totals(
            long events,
            long deliveriesSucceeded,
            long deliveriesFailed,
            long attemptsSucceeded,
            long attemptsFailed,
            @Nullable Long lagP50Ms,
            @Nullable Long lagP99Ms,
            @Nullable Double successRate) {}

    /** How webhooks are doing. */
    public record Now(long waiting, int webhooksFailing, int webhooksOpen) {
        public int troubled() {
            return webhooksFailing + webhooksOpen;
        }
    }
}
