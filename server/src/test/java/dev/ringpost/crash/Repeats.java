package dev.ringpost.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Attempts that were made although the same attempt, or one that was accepted, had been made before. Only what was in
 * flight at a kill, or not recorded yet, may be made again.
 *
 * @param count how many
 * @param bound how many there may be: for each kill, what was in flight or perhaps not recorded
 * @param unexplained those that no kill explains
 */
record Repeats(int count, long bound, List<String> unexplained) {
    private record Delivery(String hook, String event) {}

    static Repeats in(List<Arrival> arrivals, List<Kill> kills) {
        Map<Delivery, List<Arrival>> attempts = new HashMap<>();
        arrivals.stream()
                .sorted(Comparator.comparingLong(Arrival::begun))
                .forEach(arrival -> attempts.computeIfAbsent(
                                new Delivery(arrival.hook(), arrival.event()), delivery -> new ArrayList<>())
                        .add(arrival));
        int count = 0;
        List<String> unexplained = new ArrayList<>();
        for (List<Arrival> ofOne : attempts.values()) {
            for (int i = 1; i < ofOne.size(); i++) {
                Arrival before = ofOne.get(i - 1);
                Arrival again = ofOne.get(i);
                boolean isNext = follows(before, again);
                count += isNext ? 0 : 1;
                if (!isNext && !isExplained(before, again, kills)) {
                    unexplained.add(before + " and again " + again);
                }
            }
        }
        return new Repeats(count, bound(arrivals, kills), unexplained);
    }

    private static boolean follows(Arrival before, Arrival again) {
        if (before.isHungUp() && again.attempt() == before.attempt()) {
            return true;
        }
        return again.attempt() == before.attempt() + 1 && !before.isAccepted();
    }

    private static boolean isExplained(Arrival before, Arrival again, List<Kill> kills) {
        return again.attempt() <= before.attempt()
                && kills.stream().anyMatch(kill -> kill.mayHaveForgotten(before) && again.begun() > kill.before());
    }

    private static long bound(List<Arrival> arrivals, List<Kill> kills) {
        return arrivals.stream()
                .filter(arrival -> kills.stream().anyMatch(kill -> kill.mayHaveForgotten(arrival)))
                .count();
    }
}
