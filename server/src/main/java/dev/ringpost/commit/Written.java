package dev.ringpost.commit;

import java.util.Set;

/**
 * What a committed batch wrote.
 *
 * @param anything false: nothing, which says nothing about the disk
 * @param events accounts that have new events
 * @param attempts accounts that have new attempts in their logs
 */
public record Written(boolean anything, Set<Long> events, Set<Long> attempts) {
    public Written {
        events = Set.copyOf(events);
        attempts = Set.copyOf(attempts);
    }
}
