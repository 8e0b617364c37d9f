package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a database that can't work now from a row that it can't take. */
final class SqliteFaults {
    private SqliteFaults() {}

    /** {@link RowRefused} where the fault is in what was written, {@link StoreUnavailable} for everything else. */
    static RuntimeException of(SQLException e) {
        SQLiteErrorCode primary = primaryCode(e);
        return switch (primary) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_ERROR ->
                new RowRefused("SQLite refused a row: " + e.getMessage(), e);
            default -> new StoreUnavailable(e.getMessage() + ". " + advice(primary), e);
        };
    }

    private static SQLiteErrorCode primaryCode(SQLException e) {
        if (e instanceof SQLiteException sqlite) {
            return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
        }
        return SQLiteErrorCode.SQLITE_INTERNAL;
    }

    private static String advice(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_FULL -> "The disk of the data folder is full: free some space.";
            case SQLITE_IOERR ->
                "The disk of the data folder reports errors, or was remounted read-only: see the system's log (dmesg).";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
                "The data folder can't be written: check its owner, its permissions and its mount.";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "The database file is damaged: stop Ringpost and restore it from a backup.";
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                "Another program holds the database: let it go (sqlite3 shells, backup tools).";
            case SQLITE_NOMEM -> "There is no memory left: give the process more.";
            default -> "See the log of the server.";
        };
    }
}
