package dev.ringpost.bench.isolation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Puts deliveries that failed and are due again into a stopped server's database, for the endpoints named 127.1.x.y. */
final class DeadBacklog implements AutoCloseable {
    /** So many events there must be; an endpoint has rows of more only where it is alone. */
    static final int EVENTS = 1000;

    private static final String OF_THE_DEAD = " from endpoints p where p.name like '127.1.%' and p.live = 1";

    private final Connection connection;

    DeadBacklog(Path data) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ringpost.db"));
    }

    /** In all, those that are there already included. */
    void fill(long rows) throws SQLException {
        run("pragma journal_mode = off");
        run("pragma synchronous = off");
        run("pragma cache_size = -500000");
        long endpoints = number("select count(*)" + OF_THE_DEAD);
        long before = number("select coalesce(max(waiting), 0) from lanes l where exists (select 1" + OF_THE_DEAD
                + " and p.no = l.endpoint)");
        long each = Math.max(1, rows / endpoints);
        run("drop index queue_call");
        run("begin");
        insertOfEvents(before, Math.min(each, EVENTS));
        if (each > EVENTS) {
            insertBeyondEvents(Math.max(before, EVENTS), each);
        }
        putLanes(each);
        run("commit");
        run("create index queue_call on queue (call, endpoint, class)");
        run("pragma journal_mode = wal");
    }

    private void insertOfEvents(long from, long to) throws SQLException {
        long now = Instant.now().toEpochMilli();
        update(
                "insert into queue (endpoint, event, class, at, account, call, seq, type, attempts, step, failed_at)"
                        + " select p.no, e.no, 1, ? - 1000, p.account, e.call, e.seq, e.type, 6, 2, ? - 2000"
                        + " from endpoints p cross join (select * from events order by no limit ? offset ?) e"
                        + " where p.name like '127.1.%' and p.live = 1 order by p.no, e.no",
                now, now, Math.max(0, to - from), from);
    }

    private void insertBeyondEvents(long from, long to) throws SQLException {
        long now = Instant.now().toEpochMilli();
        update(
                "with recursive k(n) as (select ? union all select n + 1 from k where n + 1 < ?)"
                        + " insert into queue (endpoint, event, class, at, account, call, seq, type, attempts, step,"
                        + " failed_at) select p.no, (select max(no) from events) + k.n, 1, ? + k.n, p.account,"
                        + " (select max(no) from calls) + k.n, 1, 1, 6, 2, ? - 2000 from endpoints p cross join k"
                        + " where p.name like '127.1.%' and p.live = 1",
                from, to, now, now);
    }

    /** Their breakers are open, and their next probes spread over 5 minutes. */
    private void putLanes(long waiting) throws SQLException {
        long now = Instant.now().toEpochMilli();
        update(
                "insert into lanes (endpoint, account, next_at, high_call, waiting, failures, probe_at, last_success_at,"
                        + " last_failure_at, last_error, failing_since, failing_days)"
                        + " select p.no, p.account, 0, (select max(no) from calls) + ?, ?, 12,"
                        + " ? + abs(random()) % 300000, 0, ? - 2000, 'Connection refused', ? - 3600000, 1" + OF_THE_DEAD
                        + " on conflict (endpoint) do update set waiting = excluded.waiting, probe_at ="
                        + " excluded.probe_at, next_at = 0",
                waiting,
                waiting,
                now,
                now,
                now);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
