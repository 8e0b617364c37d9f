package dev.ringpost.store.memory;

import java.util.ArrayList;
import java.util.List;

/** What takes back the changes of the transaction under way, the last one first. */
final class Undo {
    private final List<Runnable> steps = new ArrayList<>();

    void add(Runnable step) {
        steps.add(step);
    }

    void forget() {
        steps.clear();
    }

    void run() {
        for (int i = steps.size() - 1; i >= 0; i--) {
            steps.get(i).run();
        }
        steps.clear();
    }
}
