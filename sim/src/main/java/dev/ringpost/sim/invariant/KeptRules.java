package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.webhook.Webhook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What failed and is due soon stays in memory, so that a repair need not wait for the store. */
final class KeptRules {
    private static final long SOON = 60_000;

    /** By where it is kept: deliveries that wait for their time. */
    private final Map<Place, Set<Fate>> kept = new HashMap<>();

    /** Something of these has to go in the turn that is due. */
    private final Set<Place> expected = new HashSet<>();

    private record Place(Life life, long endpoint) {}

    /** The engine hears that a failure is committed. */
    void keeps(Life life, Fate fate, LaneWrite.Retry retry, long now) {
        boolean isLasting = fate.delivery.type() != EventType.TRANSCRIPT_PARTIAL;
        if (isLasting && retry.dueAt() <= now + SOON) {
            kept.computeIfAbsent(new Place(life, retry.endpoint()), place -> new HashSet<>())
                    .add(fate);
        }
    }

    void begins(Life life, Fate fate) {
        Place place = new Place(life, fate.delivery.endpoint());
        expected.remove(place);
        Set<Fate> there = kept.get(place);
        if (there != null) {
            there.remove(fate);
        }
    }

    /** The breaker opened, or the webhook was changed. */
    void movesBack(Life life, long endpoint) {
        kept.remove(new Place(life, endpoint));
        expected.remove(new Place(life, endpoint));
    }

    /** A receiver is said to work again, while nothing else is under way. */
    void aRepairIsFollowedByAnAttempt(Life life, long endpoint, Health known, long now) {
        Place place = new Place(life, endpoint);
        Optional<Webhook> webhook = life.known(endpoint)
                .filter(each -> each.isActive() && each.options().rateLimit() == null);
        boolean isFree = life.allInFlight == 0 && life.unrecorded == 0 && !life.cutOff.getAsBoolean();
        boolean waits = webhook.isPresent()
                && kept.getOrDefault(place, Set.of()).stream()
                        .anyMatch(fate ->
                                isDueLater(fate, now) && webhook.get().events().contains(fate.delivery.type()));
        if (waits && isFree && known.probeAt() == 0 && !life.deleted.contains(endpoint)) {
            expected.add(place);
        }
    }

    private static boolean isDueLater(Fate fate, long now) {
        return fate.waits() && fate.row != null && fate.row.dueAt() > now;
    }

    /** The engine has had its turn. */
    void looked(Life life) {
        for (Place place : expected) {
            if (place.life() == life) {
                throw new Broken(
                        "aRepairIsFollowedByAnAttempt",
                        kept.getOrDefault(place, Set.of()).toString());
            }
        }
    }
}
