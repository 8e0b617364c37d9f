package dev.ringpost.store.memory;

import dev.ringpost.store.Replay;
import dev.ringpost.store.Replay.Status;
import java.util.List;
import java.util.Optional;

/** Replays, and how far each is. */
final class Replays {
    final Table<Long, Replay> rows;

    Replays(Undo undo) {
        rows = new Table<>(undo);
    }

    Optional<Replay> find(long no) {
        return rows.find(no);
    }

    List<Replay> running() {
        return rows.all().stream()
                .filter(replay -> replay.status() == Status.RUNNING)
                .toList();
    }

    void end(long no, Status status) {
        Replay replay = rows.get(no);
        if (replay != null && replay.status() == Status.RUNNING) {
            rows.put(no, with(replay, status, replay.position(), 0, 0, 0, 0));
        }
    }

    void advance(long no, long position, int found) {
        Replay replay = rows.get(no);
        if (replay != null) {
            rows.put(no, with(replay, replay.status(), position, found, found, 0, 0));
        }
    }

    /** A delivery of the replay has ended. */
    void ended(long no, boolean succeeded) {
        Replay replay = rows.get(no);
        if (replay != null) {
            rows.put(no, with(replay, replay.status(), replay.position(), 0, -1, succeeded ? 1 : 0, succeeded ? 0 : 1));
        }
    }

    private static Replay with(
            Replay old, Status status, long position, int found, int queued, int succeeded, int failed) {
        return new Replay(
                old.no(),
                old.account(),
                old.endpoint(),
                old.only(),
                old.events(),
                old.since(),
                old.until(),
                status,
                position,
                old.total() + found,
                old.queued() + queued,
                old.succeeded() + succeeded,
                old.failed() + failed,
                old.createdAt());
    }
}
