package dev.ringpost.sqlite;

import dev.ringpost.log.LastingFault;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes that find an account's, an agent's, a status' and an endpoint's rows. Each account has a place of its own in
 * each of them, so with many accounts a row would cost a page for every index. So the newest rows are in none: they are
 * looked through, as they lie together in the order of their numbers. When there are many, they are put into one index
 * after the other, which writes each page for many rows.
 *
 * <p>A reader takes from an index what has a number up to {@link #UPTO}, and the rest from the newest rows. For the
 * writer's thread.
 */
final class LateIndexes {
    private static final Logger LOG = LoggerFactory.getLogger(LateIndexes.class);

    /** Every row up to this number is in the indexes of its table. */
    static final String UPTO = "(select upto from indexed)";

    /** So many rows come before they are put into the indexes; while they are, some more. */
    static final int ROWS = 16_384;

    /** An eighth of those rows comes between two indexes: each takes the writer some milliseconds, and not all at once. */
    private static final int PART_BETWEEN = 8;

    /** After one that failed, mostly as the disk is full. */
    private static final int ROWS_BEFORE_RETRY = 256;

    private static final List<Index> INDEXES = List.of(
            new Index("calls_by_account", "account, no", Source.CALLS, ""),
            new Index("calls_by_agent", "account, agent, no", Source.CALLS, ""),
            new Index("calls_by_status", "account, status, no", Source.CALLS, " and status <> 'completed'"),
            new Index("events_by_account", "account, no", Source.EVENTS, ""),
            new Index("attempts_by_account", "account, type, no, event, endpoint", Source.ATTEMPTS, ""),
            new Index("attempts_by_endpoint", "endpoint, no, event", Source.ATTEMPTS, ""));

    /** After so many transactions of {@link #fillNext} the newest rows are in all. */
    static final int COUNT = INDEXES.size();

    private final Database database;
    private final int most;
    private final LastingFault stuck;

    /** How many must have come before a filling that failed is tried again. */
    private long awaitedForRetry;

    /** How many are in no index, about: what was undone counts as well. */
    private long rows;

    private long highest;

    /** Up to which number rows are being put into the indexes; without such a move, up to which they are there. */
    private long target;

    /** How many indexes have them; all of them: no move is under way. */
    private int filled = COUNT;

    /** Where the newest rows are. */
    enum Source {
        CALLS("calls"),
        EVENTS("events"),
        ATTEMPTS("recent_attempts");

        private final String table;

        Source(String table) {
            this.table = table;
        }
    }

    /** @param only which rows it has */
    private record Index(String table, String columns, Source source, String only) {
        /** What is there already stays: it was put there before the process ended in the middle of a move. */
        private String insertWhere(String condition) {
            return "insert or ignore into " + table + " (" + columns + ") select " + columns + " from " + source.table
                    + " where " + condition + only;
        }
    }

    /** @param most how many rows may come before they are put into the indexes */
    LateIndexes(Database database, InstantSource clock, int most) {
        this.database = database;
        this.most = most;
        this.stuck = new LastingFault(LOG, clock, "Rows are put into their indexes again");
        this.target =
                database.first("select upto from indexed", row -> row.number(1)).orElseThrow();
        for (Source source : Source.values()) {
            record Newest(long rows, long highest) {}
            Newest newest = database.first(
                            "select count(*), coalesce(max(no), 0) from " + source.table + " where no > ?",
                            row -> new Newest(row.number(1), row.number(2)),
                            target)
                    .orElseThrow();
            rows += newest.rows();
            highest = Math.max(highest, newest.highest());
        }
    }

    /** In the transaction in which the row was written. */
    void wrote(Source source, long no) {
        rows++;
        highest = Math.max(highest, no);
        if (no <= target) {
            // It is older than what was put there before, and nothing would put it there later.
            for (Index index : INDEXES) {
                if (index.source() == source) {
                    database.update(index.insertWhere("no = ?"), no);
                }
            }
        }
    }

    /** Whether {@link #fillNext} has something to do. */
    boolean isDue() {
        return rows >= (isFilling() ? Math.max(awaitedForRetry, filled * (long) most / PART_BETWEEN) : most);
    }

    /**
     * Puts the newest rows into the next index, in a transaction of its own; with the last one they are the newest no more.
     * To be followed by {@link #committed} or {@link #failed}, after which it is tried again when more rows have come.
     */
    void fillNext() {
        if (!isFilling()) {
            filled = 0;
            target = highest;
            rows = 0;
            awaitedForRetry = 0;
        }
        if (filled == 0) {
            // A call may change its status meanwhile: from now on its place in the index changes with it.
            database.update("update indexed set some_upto = ?", target);
        }
        database.update(INDEXES.get(filled).insertWhere("no > " + UPTO + " and no <= ?"), target);
        if (filled == COUNT - 1) {
            database.update("delete from " + Source.ATTEMPTS.table + " where no <= ?", target);
            database.update("update indexed set upto = ?", target);
        }
    }

    void committed() {
        filled++;
        stuck.worked();
    }

    void failed(RuntimeException reason) {
        awaitedForRetry = rows + ROWS_BEFORE_RETRY;
        stuck.came("The newest rows could not be put into their indexes, it is tried again: " + reason.getMessage());
    }

    private boolean isFilling() {
        return filled < COUNT;
    }
}
