package dev.ringpost.webhook;

import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Those of an account's webhooks that want to hear of the same agent, by what they want to hear. */
final class Audience {
    private static final Subscriber[] NONE = {};

    static final Audience NOBODY = new Audience(List.of());

    /** By the code of the type, less one. Types that the same webhooks want have one array. */
    private final Subscriber[][] active = new Subscriber[EventType.OF_CALLS.size()][];

    private final Subscriber[] pausedAtPartials;

    private Audience(List<Subscriber> all) {
        for (EventType type : EventType.OF_CALLS) {
            active[type.code() - 1] = known(choose(all, true, type));
        }
        pausedAtPartials = choose(all, false, EventType.TRANSCRIPT_PARTIAL);
    }

    static Audience of(List<Subscriber> all) {
        return all.isEmpty() ? NOBODY : new Audience(all);
    }

    void addActive(EventType type, Direction direction, List<Long> numbers) {
        add(active[type.code() - 1], direction, numbers);
    }

    void addPausedAtPartials(Direction direction, List<Long> numbers) {
        add(pausedAtPartials, direction, numbers);
    }

    private static void add(Subscriber[] subscribers, Direction direction, List<Long> numbers) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.wants(direction)) {
                numbers.add(subscriber.webhook());
            }
        }
    }

    private static Subscriber[] choose(List<Subscriber> all, boolean isActive, EventType type) {
        List<Subscriber> chosen = new ArrayList<>();
        for (Subscriber each : all) {
            if (each.active() == isActive && each.wants(type)) {
                chosen.add(each);
            }
        }
        return chosen.toArray(NONE);
    }

    /** The array of a type before it that has the same. */
    private Subscriber[] known(Subscriber[] chosen) {
        for (Subscriber[] before : active) {
            if (Arrays.equals(before, chosen)) {
                return before;
            }
        }
        return chosen;
    }
}
