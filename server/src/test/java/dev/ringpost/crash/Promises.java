package dev.ringpost.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What servers acknowledged, and when. For any thread; times are of {@link System#nanoTime}. */
final class Promises {
    /**
     * An acknowledged event.
     *
     * @param asked when the report that fired it was sent
     * @param answered when the answer was there
     */
    record Fired(String event, String call, long asked, long answered) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Map<String, Fired> fired = new ConcurrentHashMap<>();
    private final Map<String, Long> erased = new ConcurrentHashMap<>();
    private final Set<String> perhapsErased = ConcurrentHashMap.newKeySet();
    private final List<Span> active = new ArrayList<>();
    private final List<Span> paused = new ArrayList<>();

    /** From an answer to the next question. */
    private record Span(long from, long to) {}

    void fired(Fired event) {
        fired.put(event.event(), event);
        lock.lock();
        try {
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        return fired.size();
    }

    /** Waits until so many events were acknowledged. False: they were not in time. */
    boolean awaitCount(int count, long seconds) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (fired.size() < count && left > 0) {
                left = more.awaitNanos(left);
            }
            return fired.size() >= count;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody asks for its erasure: whether it came to that is not known before {@link #erased}. */
    void erasing(String call) {
        perhapsErased.add(call);
    }

    void erased(String call) {
        erased.put(call, System.nanoTime());
    }

    Set<String> erasedCalls() {
        return erased.keySet();
    }

    /** The webhook that is paused now and then took deliveries between these times. */
    synchronized void wasActive(long from, long to) {
        active.add(new Span(from, to));
    }

    synchronized void wasPaused(long from, long to) {
        paused.add(new Span(from, to));
    }

    /** All that was acknowledged, but for calls that were erased, or may be. */
    Collection<Fired> kept() {
        return fired.values().stream()
                .filter(event -> !perhapsErased.contains(event.call()))
                .toList();
    }

    /** Of these, what was fired while the webhook that is paused now and then took deliveries for certain. */
    synchronized Collection<Fired> keptWhileActive() {
        return kept().stream()
                .filter(event ->
                        active.stream().anyMatch(span -> span.from() <= event.asked() && event.answered() <= span.to()))
                .toList();
    }

    /** Whether a server that was started after this kill must not have made the attempt. */
    synchronized boolean forbids(Arrival attempt, Kill kill, String pausedHook) {
        if (attempt.begun() <= kill.after()) {
            return false;
        }
        Long gone = erased.get(attempt.call());
        return (gone != null && gone <= kill.before())
                || (attempt.hook().equals(pausedHook)
                        && paused.stream()
                                .anyMatch(span -> span.from() <= kill.before()
                                        && attempt.begun() < span.to()
                                        && attempt.begun() > span.from()));
    }
}
