package dev.ringpost.store.memory;

import dev.ringpost.delivery.Sweep;
import java.util.List;

/** What is to be done to all that waits. */
final class Sweeps {
    private final Table<Long, Sweep> rows;

    Sweeps(Undo undo) {
        rows = new Table<>(undo);
    }

    void insert(Sweep sweep) {
        rows.insert(sweep.no(), sweep);
    }

    void delete(Sweep sweep) {
        rows.remove(sweep.no());
    }

    void deleteOf(long account) {
        all().stream().filter(sweep -> sweep.account() == account).forEach(this::delete);
    }

    /** The oldest first. */
    List<Sweep> all() {
        return List.copyOf(rows.all());
    }
}
