package dev.ringpost.delivery;

import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import org.jspecify.annotations.Nullable;

/** The webhook of a lane, as far as the lane knows it, and whether it is this engine's still. */
final class LaneWebhook {
    private @Nullable Webhook known;
    private boolean gone;
    private boolean released;
    private int repairs;

    /** As it was changed last; null: not known yet. */
    @Nullable
    Webhook known() {
        return known;
    }

    /** As {@link #known}; null where it was deleted, too. */
    @Nullable
    Webhook standing() {
        return gone ? null : known;
    }

    /** As {@link #standing}; null where nothing is sent to it, too: it is paused, or another engine's. */
    @Nullable
    Webhook open() {
        Webhook standing = standing();
        return standing == null || released || !standing.isActive() ? null : standing;
    }

    boolean isStrict() {
        return known != null && known.options().ordering() == Ordering.STRICT_CALL;
    }

    /** It was deleted. */
    boolean isGone() {
        return gone;
    }

    /** Another engine has it. */
    boolean isReleased() {
        return released;
    }

    /** How often what began before has stopped to count: at each repair, and at its deletion. */
    int repairs() {
        return repairs;
    }

    void is(Webhook changed) {
        known = changed;
    }

    void goes() {
        gone = true;
        repairs++;
    }

    void release() {
        released = true;
    }

    void repair() {
        repairs++;
    }
}
