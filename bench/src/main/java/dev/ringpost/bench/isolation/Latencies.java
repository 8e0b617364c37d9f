package dev.ringpost.bench.isolation;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** From sending a report to its answer, and to the arrival of its event; by the phase that its id begins with. */
final class Latencies {
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Queue<Long>> accepted = new ConcurrentHashMap<>();
    private final Map<String, Queue<Long>> arrived = new ConcurrentHashMap<>();

    /** @param p99 in milliseconds, as p50 */
    record Summary(int count, double p50, double p99) {
        @Override
        public String toString() {
            return "%6d  %8.2f  %8.2f".formatted(count, p50, p99);
        }
    }

    void sent(String id) {
        sent.put(id, System.nanoTime());
    }

    void accepted(String id) {
        note(id, accepted);
    }

    void arrived(String id) {
        note(id, arrived);
    }

    Summary acceptedIn(String phase) {
        return summary(accepted.get(phase));
    }

    Summary arrivedIn(String phase) {
        return summary(arrived.get(phase));
    }

    private void note(String id, Map<String, Queue<Long>> phases) {
        Long from = sent.get(id);
        if (from != null) {
            String phase = id.substring(0, id.indexOf('-'));
            phases.computeIfAbsent(phase, name -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - from);
        }
    }

    private static Summary summary(@Nullable Queue<Long> nanos) {
        if (nanos == null || nanos.isEmpty()) {
            return new Summary(0, 0, 0);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Summary(sorted.length, at(sorted, 0.5), at(sorted, 0.99));
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))] / 1e6;
    }
}
