package dev.ringpost.sqlite;

/** Pages of the file that nothing is in: enough are kept for what comes next, the others go back to the disk. */
final class FreePages {
    private static final int A_SLICE = 100;
    private static final long KEPT = 1000;
    private static final int KEPT_PART = 10;

    private final Database database;

    FreePages(Database database) {
        this.database = database;
    }

    /** Whether there were too many. The file shrinks with the next checkpoint. */
    boolean giveBack() {
        long free = pragma("freelist_count");
        long tooMany = free - Math.max(KEPT, pragma("page_count") / KEPT_PART);
        if (tooMany <= 0) {
            return false;
        }
        database.run("pragma incremental_vacuum(" + Math.min(tooMany, A_SLICE) + ")");
        return pragma("freelist_count") < free;
    }

    private long pragma(String name) {
        return database.first("pragma " + name, row -> row.number(1)).orElse(0L);
    }
}
