package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import java.util.ArrayList;
import java.util.List;

/**
 * Deletes rows of call keys that are overwritten, far from those that are not. To delete makes SQLite merge the page
 * with up to two neighbours, which moves rows and leaves stale copies of them: of overwritten values that is no harm,
 * but a copy of one that counts would outlive the erasure of its call.
 */
final class KeySweep {
    /** More rows than three pages of 4096 bytes hold, at 43 bytes or more each. */
    private static final int MARGIN = 400;

    private final Database database;
    private long seen;
    private int overwrittenBefore = MARGIN;

    KeySweep(Database database) {
        this.database = database;
    }

    void startFromTheFront() {
        seen = 0;
        overwrittenBefore = MARGIN;
    }

    /** Looks at about so many rows below the number; whether there are more. */
    boolean slice(long below, int rows) {
        List<Key> window = database.query(
                "select no, key = zeroblob(32) from call_keys where no > ? and no < ? order by no limit ?",
                row -> new Key(row.number(1), row.flag(2)),
                seen,
                below,
                rows + MARGIN);
        if (window.size() <= MARGIN) {
            return false;
        }
        int decided = window.size() - MARGIN;
        List<Long> deleted = new ArrayList<>();
        int overwrittenAfter = overwrittenFrom(window, decided);
        boolean[] free = new boolean[decided];
        for (int i = decided - 1; i >= 0; i--) {
            free[i] = window.get(i).overwritten() && overwrittenAfter >= MARGIN;
            overwrittenAfter = window.get(i).overwritten() ? overwrittenAfter + 1 : 0;
        }
        for (int i = 0; i < decided; i++) {
            Key key = window.get(i);
            if (free[i] && overwrittenBefore >= MARGIN) {
                deleted.add(key.no());
            }
            overwrittenBefore = key.overwritten() ? overwrittenBefore + 1 : 0;
        }
        seen = window.get(decided - 1).no();
        database.updateEach("delete from call_keys where no = ?", deleted, no -> row(no));
        return true;
    }

    /** How many rows from the position on are overwritten without a gap, 0 where a gap follows within the margin. */
    private static int overwrittenFrom(List<Key> window, int position) {
        int count = 0;
        while (position + count < window.size() && window.get(position + count).overwritten()) {
            count++;
        }
        return count;
    }

    private record Key(long no, boolean overwritten) {}
}
