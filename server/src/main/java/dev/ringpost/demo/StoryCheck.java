package dev.ringpost.demo;

import dev.ringpost.demo.Plan.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what arrived against the {@link Plan}. A pure function: no clock, no network. */
final class StoryCheck {
    private final Map<String, String> labels;

    /** @param labels by call id, the plan's names */
    StoryCheck(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /** What the plan asks for and has not been taken yet; empty: the story is over. */
    List<Expected> missing(List<Arrival> arrivals) {
        Set<Expected> taken = new HashSet<>();
        for (Arrival arrival : arrivals) {
            if (arrival.answered() == 200) {
                taken.add(new Expected(label(arrival), arrival.path(), arrival.event(), arrival.attempt()));
            }
        }
        return Plan.expected().filter(expected -> !taken.contains(expected)).toList();
    }

    /** Everything that is wrong, a line each; empty: all went as planned. */
    List<String> faults(List<Arrival> arrivals) {
        List<String> faults = new ArrayList<>();
        for (Expected expected : missing(arrivals)) {
            faults.add("%s: %s did not arrive at %s (attempt %d)"
                    .formatted(expected.call(), expected.event(), expected.path(), expected.attempt()));
        }
        for (Arrival arrival : arrivals) {
            if (!arrival.isVerified()) {
                faults.add(name(arrival) + ": its signature is wrong: " + arrival.signatureFault());
            }
            if (!isPlanned(arrival)) {
                faults.add(name(arrival) + ": was not to go to " + arrival.path());
            }
        }
        faults.addAll(disorder(arrivals));
        faults.addAll(attemptFaults(arrivals));
        return faults;
    }

    private boolean isPlanned(Arrival arrival) {
        return Plan.expected()
                .anyMatch(expected -> expected.call().equals(label(arrival))
                        && expected.path().equals(arrival.path())
                        && expected.event().equals(arrival.event())
                        && expected.attempt() >= arrival.attempt());
    }

    /** At one receiver a call's events must be tried first in the order of their sequence numbers. */
    private List<String> disorder(List<Arrival> arrivals) {
        List<String> faults = new ArrayList<>();
        Map<String, Arrival> last = new HashMap<>();
        for (Arrival arrival : arrivals) {
            if (arrival.attempt() == 1) {
                Arrival before = last.put(arrival.path() + " " + arrival.callId(), arrival);
                if (before != null && before.sequence() >= arrival.sequence()) {
                    faults.add("%s: sequence %d came after %d (%s)"
                            .formatted(name(arrival), arrival.sequence(), before.sequence(), before.event()));
                }
            }
        }
        return faults;
    }

    /** Attempts of one delivery must count from 1 and end with the one that was taken. */
    private List<String> attemptFaults(List<Arrival> arrivals) {
        List<String> faults = new ArrayList<>();
        Map<String, Arrival> last = new HashMap<>();
        for (Arrival arrival : arrivals) {
            Arrival before = last.put(arrival.path() + " " + arrival.id(), arrival);
            int expected = before == null ? 1 : before.attempt() + 1;
            if (arrival.attempt() != expected) {
                faults.add("%s: attempt %d came where attempt %d was due"
                        .formatted(name(arrival), arrival.attempt(), expected));
            } else if (before != null && before.answered() == 200) {
                faults.add(name(arrival) + ": came again though it had been taken");
            }
        }
        return faults;
    }

    private String name(Arrival arrival) {
        return label(arrival) + ": " + arrival.event();
    }

    private String label(Arrival arrival) {
        return labels.getOrDefault(arrival.callId(), arrival.callId());
    }
}
