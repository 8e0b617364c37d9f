package dev.ringpost.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row that a result stands at. Columns count from 1. */
record Row(ResultSet results) {
    long number(int column) throws SQLException {
        return results.getLong(column);
    }

    int small(int column) throws SQLException {
        return results.getInt(column);
    }

    boolean flag(int column) throws SQLException {
        return results.getInt(column) != 0;
    }

    String text(int column) throws SQLException {
        return results.getString(column);
    }

    byte[] bytes(int column) throws SQLException {
        return results.getBytes(column);
    }

    Instant time(int column) throws SQLException {
        return Instant.ofEpochMilli(results.getLong(column));
    }

    @Nullable
    Long numberOrNull(int column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? null : value;
    }

    @Nullable
    Integer smallOrNull(int column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? null : value;
    }

    @Nullable
    String textOrNull(int column) throws SQLException {
        return results.getString(column);
    }

    byte @Nullable [] bytesOrNull(int column) throws SQLException {
        return results.getBytes(column);
    }

    @Nullable
    Instant timeOrNull(int column) throws SQLException {
        Long value = numberOrNull(column);
        return value == null ? null : Instant.ofEpochMilli(value);
    }
}
