package dev.ringpost.delivery;

import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;

/**
 * What the end of an attempt means for its delivery, for what is known of its endpoint and for what waits; and what it means
 * that this is recorded.
 */
final class Outcomes {
    private final LaneWebhook webhook;
    private final Head head;
    private final Beyond beyond;
    private final Breaker breaker;
    private final LaneHealth health;
    private final Window window;
    private final Pace pace;
    private final Unwanted unwanted;
    private final Outage outage;
    private final RetryPolicy policy;
    private final LaneOutput output;

    Outcomes(LaneParts parts) {
        this.webhook = parts.webhook();
        this.head = parts.head();
        this.beyond = parts.beyond();
        this.breaker = parts.breaker();
        this.health = parts.health();
        this.window = parts.window();
        this.pace = parts.pace();
        this.unwanted = parts.unwanted();
        this.outage = parts.outage();
        this.policy = parts.policy();
        this.output = parts.output();
    }

    void finished(Entry entry, AttemptResult result, long now) {
        entry.attempts++;
        pace.ended(now, result.duration());
        if (result.verdict() == Verdict.SUCCEEDED) {
            succeeded(entry, result, now);
            return;
        }
        boolean excused = outage.excuses(result, health.lastSuccessAt() > 0, now);
        boolean repeated = landed(entry, result, excused);
        // What began before a repair says nothing about the repaired endpoint.
        boolean counts = entry.repairs == webhook.repairs() && !excused && !repeated;
        boolean wasOpen = breaker.isOpen();
        boolean opened = counts && health.failed(now, result);
        if (counts && health.asksForPast()) {
            output.recall();
        }
        Webhook current = webhook.standing();
        if (current == null) {
            output.end(entry, DeliveryEnd.CANCELLED, result);
        } else {
            failed(entry, result, current, excused, now);
            if (counts) {
                judge(current, result, wasOpen, now);
            }
        }
        if (opened) {
            output.moveWaitingToStore();
        }
        // Whoever lists what fails reads what is saved.
        boolean beganToFail = counts && breaker.failures() == 1;
        if (opened || beganToFail) {
            output.save();
        }
    }

    /**
     * True where its answer only repeats that the endpoint has too much to do, which those that were in flight with it
     * have said: slowing down comes first, and five such answers in a row are five rounds.
     */
    private boolean landed(Entry entry, AttemptResult result, boolean excused) {
        if (result.verdict() != Verdict.OVERLOADED || excused) {
            window.failed();
            return false;
        }
        return !window.overloaded(entry.overloads) && result.responseStatus() != null;
    }

    private void succeeded(Entry entry, AttemptResult result, long now) {
        Webhook current = webhook.known();
        boolean wasOpen = breaker.isOpen();
        boolean wasFailing = breaker.failures() > 0;
        health.succeeded(now);
        window.succeeded(current == null ? 1 : current.options().maxInFlight());
        if (wasOpen) {
            window.restart();
            if (current != null) {
                output.tell(new Notice.Recovered(current));
            }
        }
        output.end(entry, DeliveryEnd.SUCCEEDED, result);
        if (wasFailing) {
            output.save();
        }
    }

    private void judge(Webhook current, AttemptResult result, boolean wasOpen, long now) {
        if (breaker.isOpen() && !wasOpen) {
            output.tell(new Notice.Failing(current, breaker.failures(), result.error()));
        }
        if (!current.isActive()) {
            return;
        }
        if (result.verdict() == Verdict.GONE) {
            output.disable(current, "The receiver answered 410 Gone");
        } else if (health.isHopeless(now)) {
            output.disable(
                    current,
                    "No attempt has succeeded for 5 days, and " + breaker.failures() + " have failed. The last error: "
                            + result.error());
        }
    }

    private void failed(Entry entry, AttemptResult result, Webhook current, boolean excused, long now) {
        DeliveryEnd end = unwanted.endOf(entry, current, now);
        boolean atOnce = entry.askedAgain || entry.repairs != webhook.repairs();
        long dueAt;
        if (atOnce) {
            dueAt = now;
        } else if (excused) {
            dueAt = policy.dueAfterOutage(now);
        } else {
            dueAt = policy.dueAfterFailure(current, entry.step, now, result.retryAfter());
        }
        if (end == null && dueAt < 0) {
            end = DeliveryEnd.GAVE_UP;
        } else if (end == null && Unwanted.isStale(entry, dueAt)) {
            end = DeliveryEnd.SUPERSEDED;
        }
        if (end != null) {
            output.end(entry, end, result);
            if (end == DeliveryEnd.GAVE_UP) {
                output.tell(new Notice.Exhausted(current, entry.delivery, entry.attempts, result.error()));
            }
            return;
        }
        entry.step += atOnce || excused ? 0 : 1;
        output.retry(entry, dueAt, now, result);
        if (webhook.isStrict()) {
            beyond.raiseHighCall(entry.delivery.call());
        } else {
            head.releaseChain(entry);
        }
    }

    /** The event is no longer stored. */
    void vanished(Entry entry, long now) {
        window.failed();
        pace.ended(now, Duration.ZERO);
        output.end(entry, DeliveryEnd.CANCELLED, null);
    }

    void committed(LaneWrite write, long now) {
        switch (write) {
            case LaneWrite.Spill _ -> beyond.spillWritten();
            case LaneWrite.Save _ -> {}
            case LaneWrite.Finish finish -> finishCommitted(finish);
            case LaneWrite.Retry retry -> {
                Entry entry = head.get(retry.delivery().event());
                if (entry != null) {
                    retryCommitted(entry, retry, now);
                }
            }
        }
    }

    private void finishCommitted(LaneWrite.Finish finish) {
        Entry entry = head.get(finish.delivery().event());
        if (entry == null) {
            beyond.written();
        } else {
            head.forget(entry);
            beyond.left(finish.delivery().event(), Beyond.ENDED);
        }
        if (webhook.isStrict()) {
            beyond.mayUnblock(finish.delivery().call());
            if (entry != null && entry.rank == Rank.REPLAYED) {
                beyond.dueAt(Rank.REPLAYED, 0);
            }
        }
    }

    private void retryCommitted(Entry entry, LaneWrite.Retry retry, long now) {
        Webhook current = webhook.standing();
        boolean atOnce = entry.askedAgain || entry.repairs != webhook.repairs();
        Rank rank = entry.askedAgain ? Rank.ASKED : retry.rank();
        long dueAt = atOnce ? now : retry.dueAt();
        entry.askedAgain = false;
        boolean stays = current != null
                && webhook.open() != null
                && (rank == Rank.ASKED || !breaker.isOpen())
                && (atOnce || head.size() <= Room.of(current))
                && dueAt <= now + Loading.SOON;
        DeliveryEnd end = current == null ? null : unwanted.endOf(entry, current, now);
        if (stays || end != null) {
            head.retryLater(entry, rank, dueAt);
            if (end != null) {
                output.end(entry, end, null);
            }
        } else {
            head.forget(entry);
            output.leave(retry.delivery(), rank, retry.attempts(), dueAt);
            if (webhook.isStrict() && rank == Rank.TRIED) {
                beyond.movedBack();
                head.dropHeldBack(retry.delivery().call()).forEach(output::moveToStore);
            }
            head.releaseChain(entry);
        }
    }
}
