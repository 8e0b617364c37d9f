package dev.ringpost.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In which order the events of each call came to a webhook. */
final class CallOrder {
    private CallOrder() {}

    /** Calls of which an event was first tried before an earlier one was. */
    static List<String> broken(List<Arrival> arrivals, String hook) {
        return brokenBy(arrivals, hook, false);
    }

    /** Calls of which an event was first tried before an earlier one was accepted. */
    static List<String> strictlyBroken(List<Arrival> arrivals, String hook) {
        return brokenBy(arrivals, hook, true);
    }

    private static List<String> brokenBy(List<Arrival> arrivals, String hook, boolean strict) {
        Map<String, TreeMap<Integer, List<Arrival>>> calls = new HashMap<>();
        arrivals.stream()
                .filter(arrival -> arrival.hook().equals(hook))
                .sorted(Comparator.comparingLong(Arrival::begun))
                .forEach(arrival -> calls.computeIfAbsent(arrival.call(), call -> new TreeMap<>())
                        .computeIfAbsent(arrival.sequence(), sequence -> new ArrayList<>())
                        .add(arrival));
        List<String> broken = new ArrayList<>();
        for (TreeMap<Integer, List<Arrival>> call : calls.values()) {
            long earliest = 0;
            for (List<Arrival> attempts : call.values()) {
                if (attempts.getFirst().begun() < earliest) {
                    broken.add(call.values().toString());
                }
                earliest = attempts.stream()
                        .filter(attempt -> !strict || attempt.isAccepted())
                        .mapToLong(strict ? Arrival::answered : Arrival::begun)
                        .findFirst()
                        .orElse(Long.MAX_VALUE);
            }
        }
        return broken;
    }
}
