package dev.ringpost.sqlite;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.store.Replay;
import dev.ringpost.store.Standing;
import dev.ringpost.store.Stretch;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.store.WebhookFilter;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is committed, read on the reader threads. A plus sign before a column keeps SQLite from choosing that column's
 * index: the narrower condition leads.
 */
final class SqliteRecords implements Records {
    private static final String EVENT_AFTER_NUMBER =
            ", e.account, e.call, e.seq, e.type, e.created_at, e.payload, k.key";
    private static final String EVENT_COLUMNS = "e.no" + EVENT_AFTER_NUMBER;
    private static final String NOT_BEING_ERASED = "e.call not in (select call from erasures)";
    private static final String CALLS = " from calls c" + CallRows.KEY;
    private static final String EVENT_KEY = " left join call_keys k on k.no = e.call";
    private static final String EVENTS = " from events e" + EVENT_KEY;
    private static final String ATTEMPT_PARTS =
            " left join bodies b on b.no = a.no left join call_keys k on k.no = a.call";
    private static final String ATTEMPTS = " from attempts a" + ATTEMPT_PARTS;

    /** From an index i, or from the newest rows; left joins, which a query that only counts is spared. */
    private static final String CALL_OF_INDEX = " i left join calls c on c.no = i.no" + CallRows.KEY;

    private static final String EVENT_OF_INDEX = " i left join events e on e.no = i.no" + EVENT_KEY;
    private static final String ATTEMPT_OF_INDEX =
            " i left join attempts a on a.event = i.event and a.endpoint = i.endpoint and a.no = i.no" + ATTEMPT_PARTS;

    /** A number is made within this time of the row's own time, also where the clock is stepped back. */
    private static final Duration NUMBER_SLACK = Duration.ofMinutes(1);

    /** No call has this number. */
    private static final long NO_CALL = 0;

    private static final int LAST_OF_CALLS = EventType.TRANSCRIPT_FINAL.code();

    /** An account's log is indexed by event. */
    private static final List<Integer> EVERY_TYPE =
            Arrays.stream(EventType.values()).map(EventType::code).toList();

    private static final Listing.Measure<Event> EVENT_MEASURE =
            new Listing.Measure<>(Event::no, event -> event.payload().length);
    private static final Listing.Measure<LoggedAttempt> ATTEMPT_MEASURE =
            new Listing.Measure<>(LoggedAttempt::no, SqliteRecords::answerBytes);

    private final Readers readers;
    private final Sealing sealing;
    private final ExternalIds externalIds;
    private final AttemptReader attemptReader;

    SqliteRecords(Readers readers, Sealing sealing, ExternalIds externalIds) {
        this.readers = readers;
        this.sealing = sealing;
        this.externalIds = externalIds;
        this.attemptReader = new AttemptReader(sealing);
    }

    @Override
    public Optional<Call> call(long account, long no) {
        return readers.read(database -> database.first(
                "select " + CallRows.COLUMNS + CALLS + " where c.no = ? and c.account = ?",
                this::readCall,
                no,
                account));
    }

    @Override
    public Page<Call> calls(long account, CallFilter filter, PageRequest page) {
        Listing<Call> listing = calls(account, filter);
        listing.whereGiven(
                "c.status = ?", filter.status() == null ? null : filter.status().wireName());
        created(listing, "c", filter.since(), filter.until());
        String externalId = filter.externalId();
        return readers.read(database -> {
            if (externalId != null) {
                listing.where(
                        "c.no = ?",
                        externalIds
                                .find(database, new ExternalKey(account, externalId))
                                .orElse(NO_CALL));
            }
            return listing.page(database, page);
        });
    }

    /** By the narrowest of the indexes. */
    private Listing<Call> calls(long account, CallFilter filter) {
        if (filter.externalId() != null) {
            return new Listing<>(CallRows.COLUMNS, CALLS, "c.no", this::readCall)
                    .where("+c.account = ?", account)
                    .whereGiven("+c.agent = ?", filter.agentId());
        }
        if (filter.status() != null && filter.status() != CallStatus.COMPLETED) {
            return lateCalls("calls_by_status", account)
                    .where("i.status = ?", filter.status().wireName())
                    .whereGiven("c.agent = ?", filter.agentId());
        }
        return lateCalls(filter.agentId() == null ? "calls_by_account" : "calls_by_agent", account)
                .whereGiven("i.agent = ?", filter.agentId());
    }

    private Listing<Call> lateCalls(String index, long account) {
        return Listing.late(
                        "i.no" + CallRows.AFTER_NUMBER,
                        " from " + index + CALL_OF_INDEX,
                        " from calls" + CALL_OF_INDEX,
                        "i.no",
                        this::readCall)
                .where("i.account = ?", account);
    }

    @Override
    public Optional<Event> event(long account, long no) {
        return readers.read(database -> database.first(
                "select " + EVENT_COLUMNS + EVENTS + " where e.no = ? and e.account = ? and " + NOT_BEING_ERASED,
                this::readEvent,
                no,
                account));
    }

    @Override
    public Page<Event> events(long account, EventFilter filter, PageRequest page) {
        Listing<Event> listing = events(account, filter);
        return readers.read(database -> listing.page(database, page));
    }

    @Override
    public Stretch<Event> eventsAfter(long account, EventFilter filter, long after, Stretch.Bound bound) {
        Listing<Event> listing = events(account, filter);
        return readers.read(
                database -> listing.stretch(database, after, bound, EVENT_MEASURE, newestEvent(database, account)));
    }

    @Override
    public long newestEvent(long account) {
        return readers.read(database -> newestEvent(database, account));
    }

    private Listing<Event> events(long account, EventFilter filter) {
        Listing<Event> listing = filter.call() == null
                ? Listing.late(
                                "i.no" + EVENT_AFTER_NUMBER,
                                " from events_by_account" + EVENT_OF_INDEX,
                                " from events" + EVENT_OF_INDEX,
                                "i.no",
                                this::readEvent)
                        .where("i.account = ?", account)
                : new Listing<>(EVENT_COLUMNS, EVENTS, "e.no", this::readEvent)
                        .where("e.account = ? and e.call = ?", account, filter.call());
        listing.where(NOT_BEING_ERASED)
                .where("e.type <= ?", LAST_OF_CALLS)
                .whereGiven("e.type = ?", code(filter.type()));
        created(listing, "e", filter.since(), filter.until());
        return listing;
    }

    @Override
    public Optional<Webhook> webhook(long account, long no) {
        return readers.read(database -> database.first(
                "select " + EndpointRows.COLUMNS + EndpointRows.FROM
                        + " where e.no = ? and e.account = ? and e.live = 1",
                this::readWebhook,
                no,
                account));
    }

    @Override
    public Page<Webhook> webhooks(long account, WebhookFilter filter, PageRequest page) {
        WebhookStatus status = filter.status();
        Listing<Webhook> listing = new Listing<>(EndpointRows.COLUMNS, EndpointRows.FROM, "e.no", this::readWebhook)
                .where(
                        "e.account = ? and e.kind = ? and e.live = 1",
                        account,
                        filter.kind().wireName())
                .whereGiven("e.status = ?", status == null ? null : status.wireName())
                .whereOneOf("e.no", filter.numbers());
        if (filter.failing() != null) {
            listing.where("e.no" + (filter.failing() ? "" : " not") + " in " + StandingRows.FAILING, account);
        }
        return readers.read(database -> listing.page(database, page));
    }

    @Override
    public Optional<LaneState> lane(long account, long endpoint) {
        return readers.read(database -> database.first(
                "select " + LaneChanges.COLUMNS + " from lanes l where l.endpoint = ? and l.account = ?",
                LaneChanges::read,
                endpoint,
                account));
    }

    @Override
    public long queueLength(long account, long endpoint) {
        return readers.read(database -> database.first(
                        "select waiting from lanes where endpoint = ? and account = ?",
                        row -> row.number(1),
                        endpoint,
                        account))
                .orElse(0L);
    }

    @Override
    public Page<WaitingDelivery> waiting(long account, long endpoint, Set<Long> but, PageRequest page) {
        return readers.read(database -> WaitingRows.page(database, account, endpoint, but, page));
    }

    @Override
    public Optional<WaitingDelivery> waiting(long account, long event, long endpoint) {
        return readers.read(database -> WaitingRows.one(database, account, event, endpoint));
    }

    @Override
    public Optional<Replay> replay(long account, long no) {
        return readers.read(database -> new ReplayRows(database).replay(account, no));
    }

    @Override
    public List<Counted> counts(long account, long endpoint, Interval interval, Instant since, Instant until) {
        return readers.read(database -> new CountRows(database).counts(account, endpoint, interval, since, until));
    }

    @Override
    public Map<Long, Attempts> attempts(long account, Collection<Long> endpoints, Instant since, Instant until) {
        return readers.read(database -> new CountRows(database).attempts(account, endpoints, since, until));
    }

    @Override
    public Standing standing(long account) {
        return readers.read(database -> StandingRows.standing(database, account));
    }

    @Override
    public Page<LoggedAttempt> attempts(long account, AttemptFilter filter, PageRequest page) {
        Listing<LoggedAttempt> listing = attempts(account, filter);
        return readers.read(database -> listing.page(database, page));
    }

    @Override
    public Stretch<LoggedAttempt> attemptsAfter(long account, AttemptFilter filter, long after, Stretch.Bound bound) {
        Listing<LoggedAttempt> listing = attempts(account, filter);
        return readers.read(
                database -> listing.stretch(database, after, bound, ATTEMPT_MEASURE, newestAttempt(database, account)));
    }

    @Override
    public long newestAttempt(long account) {
        return readers.read(database -> newestAttempt(database, account));
    }

    private static long newestEvent(Database database, long account) {
        return database.first(
                        "select max(coalesce((select max(no) from events_by_account where account = ?1), 0),"
                                + " coalesce((select max(no) from events where account = ?1 and no > "
                                + LateIndexes.UPTO + "), 0))",
                        row -> row.number(1),
                        account)
                .orElse(0L);
    }

    private static long newestAttempt(Database database, long account) {
        return database.first(
                        "select max(coalesce((select max((select max(no) from attempts_by_account"
                                + " where account = ?1 and type = t.value)) from json_each(?2) t), 0),"
                                + " coalesce((select max(no) from recent_attempts where account = ?1), 0))",
                        row -> row.number(1),
                        account,
                        EVERY_TYPE.toString())
                .orElse(0L);
    }

    private Listing<LoggedAttempt> attempts(long account, AttemptFilter filter) {
        boolean unsuccessful = (filter.status() != null && filter.status() != LoggedAttempt.Status.SUCCEEDED)
                || (filter.isFinal() != null && !filter.isFinal());
        Listing<LoggedAttempt> listing;
        if (filter.event() != null || filter.call() != null) {
            listing = attemptsOfEvents(account, filter);
        } else {
            listing = unsuccessful ? unsuccessfulAttempts(account, filter) : anyAttempts(account, filter);
        }
        return listing.whereGiven(
                        "a.status = ?",
                        filter.status() == null ? null : filter.status().code())
                .whereGiven("a.final = ?", filter.isFinal() == null ? null : filter.isFinal() ? 1 : 0)
                .fromNumber(firstAtOrAfter(filter.since()))
                .beforeNumber(firstAtOrAfter(filter.until()));
    }

    private Listing<LoggedAttempt> attemptsOfEvents(long account, AttemptFilter filter) {
        Listing<LoggedAttempt> listing = new Listing<>(AttemptReader.COLUMNS, ATTEMPTS, "+a.no", attemptReader::read)
                .where("+a.account = ?", account)
                .whereGiven("a.event = ?", filter.event())
                .whereOneOf("+a.endpoint", filter.endpoints())
                .whereGiven("a.type = ?", code(filter.type()));
        if (filter.call() != null) {
            listing.where("a.call = ?", filter.call());
            listing.where(
                    "a.event in (select e.no from events e where e.call = ? and " + NOT_BEING_ERASED + ")",
                    filter.call());
        }
        return listing;
    }

    /** Indexed for itself: it is looked for most, and rarer than any event. */
    private Listing<LoggedAttempt> unsuccessfulAttempts(long account, AttemptFilter filter) {
        return new Listing<>(AttemptReader.COLUMNS, ATTEMPTS, "a.no", attemptReader::read)
                .where(filter.endpoints() == null ? "a.account = ?" : "+a.account = ?", account)
                .whereOneOf("a.endpoint", filter.endpoints())
                .whereGiven("+a.type = ?", code(filter.type()))
                // In these words the planner finds the indexes.
                .where("(a.status > 1 or a.final = 0)");
    }

    private Listing<LoggedAttempt> anyAttempts(long account, AttemptFilter filter) {
        if (filter.endpoints() != null) {
            return lateAttempts("attempts_by_endpoint")
                    .where("a.account = ?", account)
                    .whereOneOf("i.endpoint", filter.endpoints())
                    .whereGiven("a.type = ?", code(filter.type()));
        }
        Listing<LoggedAttempt> listing = lateAttempts("attempts_by_account").where("i.account = ?", account);
        return filter.type() == null
                ? listing.whereOneOf("i.type", EVERY_TYPE)
                : listing.where("i.type = ?", filter.type().code());
    }

    private Listing<LoggedAttempt> lateAttempts(String index) {
        return Listing.late(
                "i.no" + AttemptReader.AFTER_NUMBER,
                " from " + index + ATTEMPT_OF_INDEX,
                " from recent_attempts" + ATTEMPT_OF_INDEX,
                "i.no",
                attemptReader::read);
    }

    @Override
    public List<LoggedAttempt> attemptsOf(long account, long event, long endpoint) {
        return readers.read(database -> database.query(
                "select " + AttemptReader.COLUMNS + ATTEMPTS
                        + " where a.event = ? and a.endpoint = ? and +a.account = ? order by a.no desc",
                attemptReader::read,
                event,
                endpoint,
                account));
    }

    @Override
    public Optional<Account> account(long no) {
        return readers.read(database -> new AccountRows(database, sealing.box()).account(no));
    }

    @Override
    public List<Account> accounts() {
        return readers.read(database -> new AccountRows(database, sealing.box()).accounts());
    }

    @Override
    public Page<Account> accounts(PageRequest page) {
        return readers.read(database -> new AccountRows(database, sealing.box()).page(page));
    }

    @Override
    public List<Account> accountsNamed(String name) {
        return readers.read(database -> new AccountRows(database, sealing.box()).named(name));
    }

    @Override
    public Optional<ApiKey> key(String hash) {
        return readers.read(database -> database.first(
                "select " + AccountRows.KEY_COLUMNS + " from api_keys where hash = ?", AccountRows::readKey, hash));
    }

    @Override
    public List<ApiKey> keys(long account) {
        return readers.read(database -> database.query(
                "select " + AccountRows.KEY_COLUMNS + " from api_keys where account = ? order by no desc",
                AccountRows::readKey,
                account));
    }

    @Override
    public Page<ApiKey> keys(long account, PageRequest page) {
        Listing<ApiKey> listing = new Listing<>(AccountRows.KEY_COLUMNS, " from api_keys", "no", AccountRows::readKey)
                .where("account = ?", account);
        return readers.read(database -> listing.page(database, page));
    }

    @Override
    public boolean hasKeys() {
        return readers.read(database ->
                database.first("select 1 from api_keys limit 1", row -> true).orElse(false));
    }

    @Override
    public Optional<KeptAnswer> keptAnswer(long account, String request) {
        return readers.read(database -> new AnswerRows(database, sealing).find(account, request));
    }

    private Webhook readWebhook(Row row) throws SQLException {
        return EndpointRows.read(row, sealing.box());
    }

    private Call readCall(Row row) throws SQLException {
        return CallRows.read(row, sealing.calls()::key);
    }

    private Event readEvent(Row row) throws SQLException {
        long no = row.number(1);
        long call = row.number(3);
        byte[] payload = CallRows.requireKey(sealing.calls().key(call, row.bytesOrNull(8)), call)
                .open(row.bytes(7), Part.PAYLOAD, no);
        return new Event(no, row.number(2), call, row.small(4), EventType.ofCode(row.small(5)), row.time(6), payload);
    }

    /** The exact condition is on the row's time; the one on its number lets the index skip what is far off. */
    private static void created(Listing<?> listing, String table, @Nullable Instant since, @Nullable Instant until) {
        if (since != null) {
            listing.where(table + ".created_at >= ?", Listing.ceilMillis(since));
            listing.fromNumber(NumberSource.firstAt(since.minus(NUMBER_SLACK)));
        }
        if (until != null) {
            listing.where(table + ".created_at < ?", Listing.ceilMillis(until));
            listing.beforeNumber(NumberSource.firstAt(until.plus(NUMBER_SLACK)));
        }
    }

    private static long answerBytes(LoggedAttempt attempt) {
        byte[] body = attempt.responseBody();
        return body == null ? 0 : body.length;
    }

    private static @Nullable Integer code(@Nullable EventType type) {
        return type == null ? null : type.code();
    }

    private static @Nullable Long firstAtOrAfter(@Nullable Instant time) {
        return time == null ? null : NumberSource.firstAt(Instant.ofEpochMilli(Listing.ceilMillis(time)));
    }
}
