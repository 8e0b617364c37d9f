package dev.ringpost.live;

import dev.ringpost.commit.CommitListener;
import dev.ringpost.commit.Written;
import dev.ringpost.store.Event;
import dev.ringpost.store.Records;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wakes those who watch an account once something new of it is committed. That is a hint, which says neither what is new
 * nor that it is still there; the truth is in the store, and {@link #poll} wakes for what no hint told of. Nothing is
 * kept: who is not watching when a hint comes reads the store when it begins.
 *
 * <p>Used from all threads.
 */
public final class LiveHints implements CommitListener {
    private final Map<Place, Watchers> places = new ConcurrentHashMap<>();

    private record Place(long account, Watched list) {}

    /** Those who watch one list of an account; {@code newest} is what the last poll found there. */
    private record Watchers(Set<Runnable> all, long newest) {}

    /** Ends a watch; a hint that is on its way may still come. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches a list of an account.
     *
     * @param wake called after each commit that may have added to it, on the writer thread: it must be quick, and must not
     *     throw
     */
    public Watch watch(long account, Watched list, Runnable wake) {
        Place place = new Place(account, list);
        places.compute(place, (same, known) -> {
            Watchers watchers = known == null ? new Watchers(ConcurrentHashMap.newKeySet(), 0) : known;
            watchers.all().add(wake);
            return watchers;
        });
        return () -> places.computeIfPresent(place, (same, watchers) -> {
            watchers.all().remove(wake);
            return watchers.all().isEmpty() ? null : watchers;
        });
    }

    @Override
    public void committed(int size, long nanos, List<Event> events, Written written) {
        if (!places.isEmpty()) {
            written.events().forEach(account -> wake(new Place(account, Watched.EVENTS)));
            written.attempts().forEach(account -> wake(new Place(account, Watched.ATTEMPTS)));
        }
    }

    @Override
    public void failed(int size) {}

    /** Looks into the store, once for each list that is watched, and wakes where it has grown. Blocks. */
    public void poll(Records records) {
        for (Place place : places.keySet()) {
            long newest = switch (place.list()) {
                case EVENTS -> records.newestEvent(place.account());
                case ATTEMPTS -> records.newestAttempt(place.account());
            };
            places.computeIfPresent(place, (same, watchers) -> {
                if (newest != watchers.newest()) {
                    watchers.all().forEach(Runnable::run);
                }
                return new Watchers(watchers.all(), newest);
            });
        }
    }

    private void wake(Place place) {
        Watchers watchers = places.get(place);
        if (watchers != null) {
            watchers.all().forEach(Runnable::run);
        }
    }
}
