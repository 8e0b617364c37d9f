package dev.ringpost.webhook;

import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;

/**
 * A subscription without its agents, as small as it can be.
 *
 * @param events see {@link EventType#mask}
 * @param directions a bit for each that it wants; all bits where it wants all
 */
record Subscriber(long webhook, boolean active, int events, byte directions) {
    private static final byte ALL = -1;

    static Subscriber of(Subscription subscription) {
        byte directions = 0;
        for (Direction direction : subscription.directions()) {
            directions |= bit(direction);
        }
        return new Subscriber(
                subscription.webhook(),
                subscription.active(),
                EventType.mask(subscription.events()),
                directions == 0 ? ALL : directions);
    }

    boolean wants(EventType type) {
        return (events & type.bit()) != 0;
    }

    boolean wants(Direction direction) {
        return (directions & bit(direction)) != 0;
    }

    private static byte bit(Direction direction) {
        return switch (direction) {
            case OUTBOUND -> 1;
            case INBOUND -> 2;
            case WEB -> 4;
        };
    }
}
