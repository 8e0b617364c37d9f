package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.ExternalKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls, their events and their timers, as rows. What is not searched by is sealed with the call's key. */
final class CallRows {
    static final String AFTER_NUMBER = ", c.account, c.agent, c.status, c.created_at, c.updated_at, c.details, k.key";

    /** To be read together with {@link #KEY}. */
    static final String COLUMNS = "c.no" + AFTER_NUMBER;

    /** A left join, which a query that only counts is spared. */
    static final String KEY = " left join call_keys k on k.no = c.no";

    private final Database database;
    private final CallKeyRows keys;
    private final NameHashes names;
    private final ExternalIds externalIds;
    private final LateIndexes indexes;

    CallRows(Database database, CallKeyRows keys, NameHashes names, ExternalIds externalIds, LateIndexes indexes) {
        this.database = database;
        this.keys = keys;
        this.names = names;
        this.externalIds = externalIds;
        this.indexes = indexes;
    }

    Map<Long, Call> calls(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        Map<Long, Call> found = new HashMap<>();
        for (Call call : database.query(
                "select " + COLUMNS + " from json_each(?) n cross join calls c on c.no = n.value" + KEY,
                row -> read(row, keys::learn),
                NumberList.of(numbers))) {
            found.put(call.no(), call);
        }
        return found;
    }

    Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> asked) {
        if (asked.isEmpty()) {
            return Map.of();
        }
        Map<ExternalKey, Call> found = new HashMap<>();
        for (Call call : calls(externalIds.find(database, asked, names)).values()) {
            String externalId = call.spec().externalId();
            if (externalId != null) {
                found.put(new ExternalKey(call.account(), externalId), call);
            }
        }
        return found;
    }

    void insert(Collection<Call> calls) {
        keys.insert(calls.stream().map(Call::no).toList());
        Map<Long, CallKey> sealing = keysOf(calls);
        database.updateEach(
                "insert into calls (no, account, agent, status, external_hash, created_at, updated_at, endpoint,"
                        + " details) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                calls,
                call -> {
                    String externalId = call.spec().externalId();
                    CallWebhook webhook = call.spec().webhook();
                    return row(
                            call.no(),
                            call.account(),
                            call.spec().agentId(),
                            call.status().wireName(),
                            externalId == null ? null : names.of(new ExternalKey(call.account(), externalId)),
                            call.createdAt().toEpochMilli(),
                            call.updatedAt().toEpochMilli(),
                            webhook == null ? null : webhook.endpoint(),
                            details(call, sealing));
                });
        for (Call call : calls) {
            indexes.wrote(LateIndexes.Source.CALLS, call.no());
            String externalId = call.spec().externalId();
            if (externalId != null) {
                externalIds.add(names.of(new ExternalKey(call.account(), externalId)), call.no());
            }
        }
    }

    /** What a call was created with in columns of their own never changes. */
    void update(Collection<Call> calls) {
        Map<Long, CallKey> sealing = keysOf(calls);
        database.updateEach(
                "update calls set status = ?, updated_at = ?, details = ? where no = ? and account = ?",
                calls,
                call -> row(
                        call.status().wireName(),
                        call.updatedAt().toEpochMilli(),
                        details(call, sealing),
                        call.no(),
                        call.account()));
    }

    void delete(Collection<Long> numbers) {
        externalIds.remove(database, numbers);
        database.updateEach("delete from calls where no = ?", numbers, no -> row(no));
    }

    private Map<Long, CallKey> keysOf(Collection<Call> calls) {
        return keys.of(calls.stream().map(Call::no).toList());
    }

    private static byte[] details(Call call, Map<Long, CallKey> sealing) {
        return keyOf(call.no(), sealing).seal(CallJson.write(call), Part.DETAILS, call.no());
    }

    private static CallKey keyOf(long call, Map<Long, CallKey> sealing) {
        CallKey key = sealing.get(call);
        if (key == null) {
            throw new IllegalArgumentException("Call " + call + " has no key: it was never made, or it was erased");
        }
        return key;
    }

    void insertEvents(Collection<Event> events) {
        Map<Long, CallKey> sealing =
                keys.of(events.stream().map(Event::call).distinct().toList());
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
                        keyOf(event.call(), sealing).seal(event.payload(), Part.PAYLOAD, event.no())));
        events.forEach(event -> indexes.wrote(LateIndexes.Source.EVENTS, event.no()));
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

    static Call read(Row row, KeyOf keys) throws SQLException {
        long no = row.number(1);
        CallJson details =
                CallJson.read(requireKey(keys.of(no, row.bytesOrNull(8)), no).open(row.bytes(7), Part.DETAILS, no));
        return new Call(
                no,
                row.number(2),
                details.spec(row.text(3)),
                CallStatus.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                details.facts(),
                details.progress(),
                row.time(5),
                row.time(6));
    }

    /** The row of an erased call goes with its key, so a key that is missing means a damaged database. */
    static CallKey requireKey(@Nullable CallKey key, long call) {
        if (key == null) {
            throw new IllegalStateException("The key of call " + call + " is missing: restore the database");
        }
        return key;
    }

    /** The key of a call for the value that is stored; null where it was erased. */
    @FunctionalInterface
    interface KeyOf {
        @Nullable
        CallKey of(long call, byte @Nullable [] value);
    }

    private record TimerKey(long call, CallTimer.Kind kind) {}

    private record TimerRow(CallTimer timer, long due) {}
}
