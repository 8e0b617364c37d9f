package dev.ringpost.dispatch;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines of attempts: one at debug for each, one at info for each that failed. No payload, header or URL. */
final class AttemptLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ringpost.attempts");

    private AttemptLog() {}

    static void attempt(Delivery delivery, int attempt, AttemptResult result) {
        boolean failed = result.verdict() != Verdict.SUCCEEDED;
        if (failed ? LOG.isInfoEnabled() : LOG.isDebugEnabled()) {
            LOG.atLevel(failed ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG)
                    .log(
                            "attempt {} of event {} to endpoint {} of account {}: {} status {} after {} ms{}",
                            attempt,
                            delivery.event(),
                            delivery.endpoint(),
                            delivery.account(),
                            result.verdict(),
                            result.responseStatus(),
                            result.duration().toMillis(),
                            result.error() == null ? "" : ": " + result.error());
        }
    }
}
