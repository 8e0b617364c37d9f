package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.ExternalKey;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls, their events and their timers, as rows. */
final class CallRows {
    static final String COLUMNS =
            "c.no, c.account, c.agent, c.status, c.external_id, c.created_at, c.updated_at, c.details";

    private final Database database;

    CallRows(Database database) {
        this.database = database;
    }

    Map<Long, Call> calls(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        Map<Long, Call> found = new HashMap<>();
        for (Call call : database.query(
                "select " + COLUMNS + " from json_each(?) k cross join calls c on c.no = k.value",
                CallRows::read,
                NumberList.of(numbers))) {
            found.put(call.no(), call);
        }
        return found;
    }

    Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        byte[] json = JsonSink.write(sink -> sink.list("keys", keys, (entry, key) -> {
            entry.number("account", key.account());
            entry.text("id", key.externalId());
        }));
        Map<ExternalKey, Call> found = new HashMap<>();
        for (Call call : database.query(
                "select " + COLUMNS + " from json_each(?, '$.keys') k"
                        + " cross join calls c on c.account = k.value ->> 'account' and c.external_id = k.value ->> 'id'",
                CallRows::read,
                new String(json, StandardCharsets.UTF_8))) {
            String externalId = call.spec().externalId();
            if (externalId != null) {
                found.put(new ExternalKey(call.account(), externalId), call);
            }
        }
        return found;
    }

    void insert(Collection<Call> calls) {
        database.updateEach(
                "insert into calls (no, account, agent, status, external_id, created_at, updated_at, details)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                calls,
                call -> row(
                        call.no(),
                        call.account(),
                        call.spec().agentId(),
                        call.status().wireName(),
                        call.spec().externalId(),
                        call.createdAt().toEpochMilli(),
                        call.updatedAt().toEpochMilli(),
                        CallJson.write(call)));
    }

    /** What a call was created with in columns of their own never changes. */
    void update(Collection<Call> calls) {
        database.updateEach(
                "update calls set status = ?, updated_at = ?, details = ? where no = ? and account = ?",
                calls,
                call -> row(
                        call.status().wireName(),
                        call.updatedAt().toEpochMilli(),
                        CallJson.write(call),
                        call.no(),
                        call.account()));
    }

    void insertEvents(Collection<Event> events) {
        database.updateEach(
                "insert into events (no, account, call, seq, type, created_at, payload) values (?, ?, ?, ?, ?, ?, ?)",
                events,
                event -> row(
                        event.no(),
                        event.account(),
                        event.call(),
                        event.sequence(),
                        event.type().code(),
                        event.createdAt().toEpochMilli(),
                        event.payload()));
    }

    void setTimers(Collection<CallTimer> timers) {
        List<TimerRow> set = new ArrayList<>();
        List<TimerRow> cleared = new ArrayList<>();
        Map<TimerKey, CallTimer> last = new HashMap<>();
        for (CallTimer timer : timers) {
            last.put(new TimerKey(timer.call(), timer.kind()), timer);
        }
        for (CallTimer timer : last.values()) {
            Instant due = timer.due();
            (due == null ? cleared : set).add(new TimerRow(timer, due == null ? 0 : due.toEpochMilli()));
        }
        database.updateEach(
                "delete from timers where call = ? and kind = ?",
                cleared,
                row -> row(row.timer().call(), row.timer().kind().code()));
        database.updateEach(
                "insert into timers (call, kind, account, due) values (?, ?, ?, ?)"
                        + " on conflict (call, kind) do update set due = excluded.due",
                set,
                row -> row(
                        row.timer().call(),
                        row.timer().kind().code(),
                        row.timer().account(),
                        row.due()));
    }

    static Call read(Row row) throws SQLException {
        CallJson details = CallJson.read(row.bytes(8));
        return new Call(
                row.number(1),
                row.number(2),
                details.spec(row.textOrNull(5), row.text(3)),
                CallStatus.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                details.facts(),
                details.progress(),
                row.time(6),
                row.time(7));
    }

    private record TimerKey(long call, CallTimer.Kind kind) {}

    private record TimerRow(CallTimer timer, long due) {}
}
