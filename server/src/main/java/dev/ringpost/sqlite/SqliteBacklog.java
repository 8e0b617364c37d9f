package dev.ringpost.sqlite;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Place;
import dev.ringpost.delivery.Queued;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.BacklogSize;
import dev.ringpost.store.CallTimer;
import dev.ringpost.webhook.Webhook;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What waits, read on a thread that no user's question can occupy. */
final class SqliteBacklog implements Backlog {
    private static final String QUEUED = "select " + DeliveryRows.COLUMNS + ", attempts, step, at from queue";

    private static final String UNTRIED_NOT_BEHIND = QUEUED + " q where endpoint = ? and class = 0 and not exists ("
            + "select 1 from queue t where t.call = q.call and t.endpoint = q.endpoint and t.class = 1"
            + " and t.event < q.event) order by at, event limit ?";

    private final Readers reader;
    private final Sealing sealing;

    SqliteBacklog(Readers reader, Sealing sealing) {
        this.reader = reader;
        this.sealing = sealing;
    }

    @Override
    public List<LaneState> waitingLanes() {
        return reader.read(database -> database.query(
                "select " + LaneChanges.COLUMNS + " from lanes l where l.next_at is not null order by l.next_at",
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
    public BacklogSize size() {
        return new BacklogSize(BacklogCount.FRESH.count(reader), BacklogCount.QUEUE.count(reader));
    }

    @Override
    public List<Backlogged> heads(List<HeadRequest> lanes) {
        return reader.read(
                database -> lanes.stream().map(lane -> head(database, lane)).toList());
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

    /** Two short walks along the key, each one row further than asked for. */
    private static Backlogged head(Database database, HeadRequest lane) {
        List<Queued> untried = database.query(
                lane.strict()
                        ? UNTRIED_NOT_BEHIND
                        : QUEUED + " where endpoint = ? and class = 0 order by at, event limit ?",
                SqliteBacklog::readUntried,
                lane.endpoint(),
                lane.untried() + 1);
        List<Queued> tried = database.query(
                QUEUED + " where endpoint = ? and class = 1 order by at, event limit ?",
                SqliteBacklog::readTried,
                lane.endpoint(),
                lane.tried() + 1);
        boolean moreUntried = untried.size() > lane.untried();
        long nextTriedAt = Long.MAX_VALUE;
        if (tried.size() > lane.tried() && tried.getLast().place() instanceof Place.Tried(long dueAt)) {
            nextTriedAt = dueAt;
        }
        return new Backlogged(
                lane.endpoint(), first(untried, lane.untried()), moreUntried, first(tried, lane.tried()), nextTriedAt);
    }

    private static <T> List<T> first(List<T> list, int count) {
        return list.size() <= count ? list : new ArrayList<>(list.subList(0, count));
    }

    private static Queued readUntried(Row row) throws SQLException {
        return new Queued(DeliveryRows.read(row), Place.UNTRIED, row.small(7), row.small(8));
    }

    private static Queued readTried(Row row) throws SQLException {
        return new Queued(DeliveryRows.read(row), new Place.Tried(row.number(9)), row.small(7), row.small(8));
    }
}
