package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import java.sql.SQLException;
import java.util.List;

/** Where a row of the log stands. */
record AttemptKey(long event, long endpoint, long no) {
    static final String COLUMNS = "a.event, a.endpoint, a.no";

    static AttemptKey read(Row row) throws SQLException {
        return new AttemptKey(row.number(1), row.number(2), row.number(3));
    }

    /** The rows stay, without what was answered and without their call. */
    static void forgetCall(Database database, List<AttemptKey> attempts) {
        database.updateEach(
                "update attempts set call = null, answer = null where event = ? and endpoint = ? and no = ?",
                attempts,
                key -> row(key.event(), key.endpoint(), key.no()));
        deleteBodies(database, attempts);
    }

    static void delete(Database database, List<AttemptKey> attempts) {
        deleteRows(database, attempts);
        deleteBodies(database, attempts);
    }

    /** Without their large answers. */
    static void deleteRows(Database database, List<AttemptKey> attempts) {
        database.updateEach(
                "delete from attempts where event = ? and endpoint = ? and no = ?",
                attempts,
                key -> row(key.event(), key.endpoint(), key.no()));
    }

    private static void deleteBodies(Database database, List<AttemptKey> attempts) {
        database.updateEach("delete from bodies where no = ?", attempts, key -> row(key.no()));
    }
}
