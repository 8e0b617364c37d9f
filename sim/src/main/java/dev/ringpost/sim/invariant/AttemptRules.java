package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Queued;
import dev.ringpost.id.NumberSource;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;

/** What must hold when an attempt begins. */
final class AttemptRules {
    private static final long PARTIAL_LIFE = Duration.ofSeconds(60).toMillis();

    private final LongPredicate isStored;

    /** @param isStored whether the payload of this event can be read */
    AttemptRules(LongPredicate isStored) {
        this.isStored = isStored;
    }

    /** @param owns the engine's node has the endpoint; else it does not know yet that it lost it, and its attempts are duplicates */
    void judge(Life life, Fate fate, Effect.Send send, boolean owns, long now) {
        noAttemptGoesOutAfterASuccess(life, fate);
        aDeliveryHasOneAttemptAtATime(life, fate, owns);
        whatIsPausedDoesNotMove(life, send);
        nothingGoesOutThatNobodyWants(life, fate, send);
        noPartialGoesOutOnceItIsOvertaken(life, fate, now);
        if (owns) {
            noAttemptGoesOutAfterTheEnd(fate);
            attemptsAreCounted(fate, send);
            noAttemptGoesOutBeforeItsTime(fate, now);
        }
    }

    void aGoneReceiverIsDisabled(Life life, Fate fate, AttemptResult result) {
        long endpoint = fate.delivery.endpoint();
        boolean active = life.known(endpoint).filter(Webhook::isActive).isPresent() && !life.deleted.contains(endpoint);
        if (result.verdict() == AttemptResult.Verdict.GONE
                && active
                && !fate.hurriedLast
                && !life.disabled.contains(endpoint)) {
            throw new Broken("aGoneReceiverIsDisabled", fate.toString());
        }
    }

    private void noAttemptGoesOutAfterASuccess(Life life, Fate fate) {
        if (fate.succeeded == life) {
            throw new Broken("noAttemptGoesOutAfterASuccess", fate.toString());
        }
    }

    /** What an erasure or its age ended may yet be wanted by an engine that has not heard of it: it finds no payload. */
    private void noAttemptGoesOutAfterTheEnd(Fate fate) {
        if (!fate.waits() && isStored.test(fate.delivery.event())) {
            throw new Broken("noAttemptGoesOutAfterTheEnd", fate.toString());
        }
    }

    private void aDeliveryHasOneAttemptAtATime(Life life, Fate fate, boolean owns) {
        Life other = fate.inFlight;
        if (other == life || (owns && other != null && !other.over)) {
            throw new Broken("aDeliveryHasOneAttemptAtATime", fate + " of " + other + " and " + life);
        }
    }

    private void whatIsPausedDoesNotMove(Life life, Effect.Send send) {
        Webhook sent = send.webhook();
        Webhook known = life.known.get(sent.no());
        if (known == null || !known.isActive() || life.deleted.contains(sent.no())) {
            throw new Broken("whatIsPausedDoesNotMove", send.delivery() + " goes to " + known);
        }
        if (!known.updatedAt().equals(sent.updatedAt())) {
            throw new Broken("aDeliveryUsesItsWebhookAsItIsNow", send + " where it is " + known);
        }
    }

    private void nothingGoesOutThatNobodyWants(Life life, Fate fate, Effect.Send send) {
        Delivery delivery = fate.delivery;
        boolean wanted = send.webhook().events().contains(delivery.type())
                && life.cancelled.getOrDefault(delivery.endpoint(), List.of()).stream()
                        .noneMatch(sweep -> sweep.covers(delivery, send.replay()));
        if (!wanted) {
            throw new Broken("nothingGoesOutThatNobodyWants", send.toString());
        }
    }

    private void noPartialGoesOutOnceItIsOvertaken(Life life, Fate fate, long now) {
        Delivery delivery = fate.delivery;
        if (delivery.type() != EventType.TRANSCRIPT_PARTIAL) {
            return;
        }
        long made = NumberSource.timeOf(delivery.event()).toEpochMilli();
        long overtakenBy = life.overtaken.getOrDefault(new Life.Overtaking(delivery.endpoint(), delivery.call()), 0L);
        if (overtakenBy > delivery.event() && !fate.outOfOrder) {
            throw new Broken("noPartialGoesOutOnceItIsOvertaken", fate + " by " + overtakenBy);
        }
        if (now - made > PARTIAL_LIFE) {
            throw new Broken("noPartialGoesOutAfterAMinute", fate.toString());
        }
    }

    private void attemptsAreCounted(Fate fate, Effect.Send send) {
        if (fate.waits() && send.attempt() != fate.attempts() + 1) {
            throw new Broken("attemptsAreCounted", send.attempt() + " follows " + fate);
        }
    }

    private void noAttemptGoesOutBeforeItsTime(Fate fate, long now) {
        Queued row = fate.row;
        if (row != null && !fate.isAsked() && !fate.hurried && row.dueAt() > now) {
            throw new Broken("retryTimesLieOnTheSchedule", fate + " goes " + (row.dueAt() - now) + " ms early");
        }
    }
}
