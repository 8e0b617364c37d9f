package dev.ringpost.sqlite;

import java.sql.SQLException;
import java.util.List;

/** Where an event stands. */
record EventRow(long no, long call) {
    static final String COLUMNS = "no, call";

    static EventRow read(Row row) throws SQLException {
        return new EventRow(row.number(1), row.number(2));
    }

    static void delete(Database database, List<EventRow> events) {
        database.updateEach("delete from events where no = ?", events, event -> Database.row(event.no()));
    }
}
