package dev.ringpost.sqlite;

import dev.ringpost.id.NumberSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Deletes what is older than the retention time, in slices: events, attempts, calls, keys, then gives disk space back.
 * Where it stands is in memory only: after a restart it looks again from the front.
 *
 * <p>Not all that is old goes: attempts that came late, calls that are not over. So that they are not looked at again
 * and again, a pass goes on where the last one ended, and only now and then one starts from the front.
 */
final class Expiry {
    private static final Duration FROM_THE_FRONT = Duration.ofHours(1);

    /** An event's number is made within this time of the change that fired it: no event outlives its call's key. */
    private static final Duration NUMBER_SLACK = Duration.ofMinutes(1);

    private static final AttemptKey NO_ATTEMPT = new AttemptKey(0, 0, 0);

    private final Database database;
    private final Cancellation cancellation;
    private final CallKeyRows keys;
    private final CallRows calls;
    private final KeySweep sweep;
    private final FreePages freePages;

    private final List<Step> steps;

    private int step;
    private Instant frontDue = Instant.MIN;
    private AttemptKey attemptsSeen = NO_ATTEMPT;
    private long callsSeen;

    Expiry(Database database, Cancellation cancellation, CallKeyRows keys, CallRows calls) {
        this.database = database;
        this.cancellation = cancellation;
        this.keys = keys;
        this.calls = calls;
        this.sweep = new KeySweep(database);
        this.freePages = new FreePages(database);
        this.steps =
                List.of(this::events, this::attempts, this::bodies, this::calls, this::keys, _ -> freePages.giveBack());
    }

    /** Whether something was done: the next slice goes on from there. False ends a pass. */
    boolean slice(Instant before, int rows, Instant now) {
        if (step == 0 && !now.isBefore(frontDue)) {
            startFromTheFront(before, now);
        }
        Slice slice = new Slice(before, NumberSource.firstAt(before), rows);
        for (; step < steps.size(); step++) {
            if (steps.get(step).advance(slice)) {
                return true;
            }
        }
        step = 0;
        return false;
    }

    private void startFromTheFront(Instant before, Instant now) {
        attemptsSeen = NO_ATTEMPT;
        callsSeen = 0;
        sweep.startFromTheFront();
        Duration tenth = Duration.between(before, now).dividedBy(10);
        frontDue = now.plus(tenth.compareTo(FROM_THE_FRONT) < 0 ? tenth : FROM_THE_FRONT);
    }

    private boolean events(Slice slice) {
        List<EventRow> events = database.query(
                "select " + EventRow.COLUMNS + " from events where no < ? order by no limit ?",
                EventRow::read,
                slice.first(),
                slice.rows());
        if (events.isEmpty()) {
            return false;
        }
        if (cancellation.cancel(events, slice.rows()) == 0) {
            EventRow.delete(database, events);
        }
        return true;
    }

    /** By event, as the log is stored; an attempt that came late stays for its own time. */
    private boolean attempts(Slice slice) {
        List<AttemptKey> found = database.query(
                "select " + AttemptKey.COLUMNS + " from attempts a where (a.event, a.endpoint, a.no) > (?, ?, ?)"
                        + " and a.event < ? order by a.event, a.endpoint, a.no limit ?",
                AttemptKey::read,
                attemptsSeen.event(),
                attemptsSeen.endpoint(),
                attemptsSeen.no(),
                slice.first(),
                slice.rows());
        if (found.isEmpty()) {
            return false;
        }
        attemptsSeen = found.getLast();
        AttemptKey.deleteRows(
                database, found.stream().filter(key -> key.no() < slice.first()).toList());
        return true;
    }

    private boolean bodies(Slice slice) {
        return database.update(
                        "delete from bodies where no in (select no from bodies where no < ? order by no limit ?)",
                        slice.first(),
                        slice.rows())
                > 0;
    }

    private boolean keys(Slice slice) {
        return sweep.slice(slice.first(), slice.rows());
    }

    private boolean calls(Slice slice) {
        record Found(long no, boolean isOld) {}
        List<Found> found = database.query(
                "select no, status in ('completed', 'failed') and updated_at < ? from calls"
                        + " where no > ? and no < ? order by no limit ?",
                row -> new Found(row.number(1), row.flag(2)),
                slice.before().minus(NUMBER_SLACK).toEpochMilli(),
                callsSeen,
                slice.first(),
                slice.rows());
        if (found.isEmpty()) {
            return false;
        }
        List<Long> old = found.stream().filter(Found::isOld).map(Found::no).toList();
        if (ReportKeyRows.deleteOf(database, old, slice.rows()) > 0) {
            return true;
        }
        callsSeen = found.getLast().no();
        keys.overwrite(old);
        calls.delete(old);
        return true;
    }

    /** @param first the smallest number that is not too old */
    private record Slice(Instant before, long first, int rows) {}

    /** Whether there was something to do. */
    @FunctionalInterface
    private interface Step {
        boolean advance(Slice slice);
    }
}
