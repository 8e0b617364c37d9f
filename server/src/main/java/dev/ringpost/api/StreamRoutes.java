package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Filters;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.json.Rfc3339;
import dev.ringpost.api.output.AttemptJson;
import dev.ringpost.api.output.EventJson;
import dev.ringpost.api.stream.Feed;
import dev.ringpost.api.stream.Messages;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.NumberSource;
import dev.ringpost.live.Watched;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Records;
import dev.ringpost.store.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as it happens: an account's events, and its attempt log. A stream is a position in a list of the store, the
 * number of the last row that was sent, so that it can be resumed on any connection, after any time.
 */
final class StreamRoutes {
    private static final Stretch.Bound PORTION = new Stretch.Bound(200, 64 << 10);
    private static final Stretch.Bound ONE = new Stretch.Bound(1, 1);
    private static final EventFilter ANY_EVENT = new EventFilter(null, null, null, null);
    private static final AttemptFilter ANY_ATTEMPT = new AttemptFilter(null, null, null, null, null, null, null, null);

    private final ApiParts parts;
    private final Records records;
    private final Duration retention;
    private final EventJson events;
    private final AttemptJson attempts;

    /** @param retention how long rows are kept at least */
    StreamRoutes(ApiParts parts, Duration retention) {
        this.parts = parts;
        this.records = parts.records();
        this.retention = retention;
        this.events = new EventJson(parts.ids());
        this.attempts = new AttemptJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.stream("/v1/events/stream", Access.READING, this::events),
                Operation.stream("/v1/deliveries/stream", Access.READING, this::attempts)
                        .narrowed(Narrowing.BY_HANDLER));
    }

    private Feed events(Request request, @Nullable String lastEventId) {
        long account = request.account();
        Filters query = new Filters(request, parts.ids());
        EventFilter filter = EventRoutes.filter(query, query.id("call_id", IdKind.CALL), query.time("since"), null);
        Long last = last(request, query, lastEventId, IdKind.EVENT);
        query.done();
        Begin begin = begin(
                last,
                filter.since(),
                records.newestEvent(account),
                no -> isFirst(no, records.eventsAfter(account, ANY_EVENT, no - 1, ONE), Event::no));
        return new Feed(account, Watched.EVENTS, begin.position(), opening(begin, last, IdKind.EVENT), after -> {
            Stretch<Event> stretch = records.eventsAfter(account, filter, after, PORTION);
            Messages messages = new Messages();
            for (Event event : stretch.items()) {
                messages.message(
                        parts.ids().event(event.no()), event.type().wireName(), json -> events.write(json, event));
            }
            return new Feed.Portion(messages.bytes(), stretch.end(), stretch.hasMore());
        });
    }

    private Feed attempts(Request request, @Nullable String lastEventId) {
        long account = request.account();
        Filters query = new Filters(request, parts.ids());
        AttemptFilter filter = DeliveryRoutes.filter(
                query,
                DeliveryRoutes.endpoints(request.caller(), query.id("webhook_id", IdKind.WEBHOOK)),
                query.id("call_id", IdKind.CALL),
                query.time("since"),
                null);
        Long last = last(request, query, lastEventId, IdKind.ATTEMPT);
        query.done();
        Begin begin = begin(
                last,
                filter.since(),
                records.newestAttempt(account),
                no -> isFirst(no, records.attemptsAfter(account, ANY_ATTEMPT, no - 1, ONE), LoggedAttempt::no));
        return new Feed(account, Watched.ATTEMPTS, begin.position(), opening(begin, last, IdKind.ATTEMPT), after -> {
            Stretch<LoggedAttempt> stretch = records.attemptsAfter(account, filter, after, PORTION);
            Messages messages = new Messages();
            for (LoggedAttempt attempt : stretch.items()) {
                messages.message(parts.ids().attempt(attempt.no()), "attempt", json -> attempts.write(json, attempt));
            }
            return new Feed.Portion(messages.bytes(), stretch.end(), stretch.hasMore());
        });
    }

    /** What the client saw last; the header, which a browser sends by itself, is newer than the query. */
    private @Nullable Long last(Request request, Filters query, @Nullable String header, IdKind kind) {
        String asked = query.text("last_event_id");
        boolean byHeader = header != null && !header.isEmpty();
        String id = byHeader ? header : asked;
        if (id == null || id.isEmpty()) {
            return null;
        }
        Optional<Long> no = parts.ids().parse(kind, id);
        if (no.isEmpty()) {
            request.faults()
                    .add(
                            byHeader ? "/last-event-id" : "/last_event_id",
                            "is no id of a message of this stream: it starts with " + kind.prefix());
        }
        return no.orElse(null);
    }

    /**
     * Where a stream begins.
     *
     * @param isGap rows after the one that was seen last may have been there, and are no longer kept
     */
    private record Begin(long position, boolean isGap) {}

    /**
     * Without the id of a message it begins with what comes from now on, or with {@code since}. An id may stand for a row
     * that was erased, and even for one that a restored database never had: so a stream never begins behind what is newest.
     *
     * @param isKept whether the account has a row of this number
     */
    private Begin begin(@Nullable Long last, @Nullable Instant since, long newest, LongPredicate isKept) {
        if (last == null) {
            return new Begin(since == null ? newest : 0, false);
        }
        boolean isOld = NumberSource.timeOf(last).isBefore(keptSince());
        return new Begin(Math.min(last, newest), isOld && !isKept.test(last));
    }

    private Instant keptSince() {
        return parts.clock().instant().minus(retention);
    }

    private static <T> boolean isFirst(long no, Stretch<T> stretch, ToLongFunction<T> number) {
        return !stretch.items().isEmpty() && number.applyAsLong(stretch.items().getFirst()) == no;
    }

    private byte[] opening(Begin begin, @Nullable Long last, IdKind kind) {
        if (!begin.isGap() || last == null) {
            return new byte[0];
        }
        return new Messages()
                .message("gap", json -> {
                    json.writeStartObject();
                    json.writeStringField("last_event_id", parts.ids().format(kind, last));
                    json.writeStringField("kept_since", Rfc3339.format(keptSince()));
                    json.writeEndObject();
                })
                .bytes();
    }
}
