package dev.ringpost.sqlite;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.BacklogSize;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Webhook;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits, read on a thread that no user's question can occupy. */
final class SqliteBacklog implements Backlog {
    private final Readers reader;
    private final Sealing sealing;

    SqliteBacklog(Readers reader, Sealing sealing) {
        this.reader = reader;
        this.sealing = sealing;
    }

    @Override
    public List<LaneState> waitingLanes() {
        // A lane that was saved as idle just before something joined its queue has no time, and still has to look.
        return reader.read(database -> database.query(
                "select " + LaneChanges.COLUMNS + " from (select endpoint, account,"
                        + " case when waiting > 0 then coalesce(next_at, 0) else next_at end as next_at, high_call,"
                        + " failures, probe_at, last_success_at, last_failure_at, last_error, failing_since,"
                        + " failing_days from lanes where next_at is not null or waiting > 0 or probe_at <> 0) l"
                        + " order by l.next_at",
                LaneChanges::read));
    }

    @Override
    public List<Delivery> fresh(long afterEvent, long afterEndpoint, int limit) {
        return reader.read(database -> database.query(
                "select " + DeliveryRows.COLUMNS + " from fresh where (event, endpoint) > (?, ?)"
                        + " order by event, endpoint limit ?",
                DeliveryRows::read,
                afterEvent,
                afterEndpoint,
                limit));
    }

    @Override
    public List<Backlogged> heads(List<Effect.Load> lanes) {
        return reader.read(database ->
                lanes.stream().map(lane -> QueueRows.head(database, lane)).toList());
    }

    @Override
    public Health health(long endpoint) {
        return reader.read(database -> database.first(
                        "select " + LaneChanges.COLUMNS + " from lanes l where l.endpoint = ?",
                        LaneChanges::read,
                        endpoint))
                .map(LaneState::health)
                .orElse(Health.UNKNOWN);
    }

    @Override
    public List<Sweep> sweeps() {
        return reader.read(SweepRows::all);
    }

    @Override
    public List<Long> endpointsOf(long call) {
        return reader.read(database -> database.query(
                "select endpoint from queue where call = ? union select f.endpoint from events e"
                        + " cross join fresh f on f.event = e.no where e.call = ?",
                row -> row.number(1),
                call,
                call));
    }

    @Override
    public List<Replay> runningReplays() {
        return reader.read(database -> new ReplayRows(database).running());
    }

    @Override
    public BacklogSize size() {
        return new BacklogSize(BacklogCount.FRESH.count(reader), QueueCount.count(reader));
    }

    @Override
    public Map<Long, byte[]> payloads(Collection<Long> events) {
        Map<Long, byte[]> payloads = HashMap.newHashMap(events.size());
        for (Payload payload : reader.read(database -> database.query(
                "select e.no, e.payload, e.call, k.key from json_each(?) n cross join events e on e.no = n.value"
                        + " cross join call_keys k on k.no = e.call",
                this::readPayload,
                NumberList.of(events)))) {
            if (payload.bytes() != null) {
                payloads.put(payload.event(), payload.bytes());
            }
        }
        return payloads;
    }

    private Payload readPayload(Row row) throws SQLException {
        long event = row.number(1);
        CallKey key = sealing.calls().key(row.number(3), row.bytes(4));
        return new Payload(event, key == null ? null : key.open(row.bytes(2), Part.PAYLOAD, event));
    }

    /** @param bytes null where the call was erased */
    private record Payload(long event, byte @Nullable [] bytes) {}

    @Override
    public List<Webhook> callWebhooks(long afterNo, int limit) {
        return reader.read(database -> new EndpointRows(database, sealing.box()).ofCalls(afterNo, limit));
    }

    @Override
    public Optional<Webhook> webhook(long no) {
        return reader.read(database -> new EndpointRows(database, sealing.box()).live(no));
    }

    @Override
    public List<CallTimer> dueTimers(CallTimer.Kind kind, Instant now, int limit) {
        return reader.read(database -> database.query(
                "select account, call, kind, due from timers where kind = ? and due <= ? order by due, call limit ?",
                row -> new CallTimer(row.number(1), row.number(2), CallTimer.Kind.ofCode(row.small(3)), row.time(4)),
                kind.code(),
                now.toEpochMilli(),
                limit));
    }
}
