package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.SecretBox;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Subscription;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhooks as rows; their signing secrets and request headers are sealed. */
final class EndpointRows {
    /** To be read together with {@link #FROM}: most kinds are signed with the account's secrets. */
    static final String COLUMNS = "e.no, e.account, e.kind, e.name, e.url, e.events, e.status, e.disabled_reason,"
            + " e.options, e.sealed, e.created_at, max(e.updated_at, coalesce(a.secrets_changed_at, 0)), a.secrets";

    static final String FROM = " from endpoints e left join accounts a on e.kind <> 'account' and a.no = e.account";

    private final Database database;
    private final SecretBox secrets;

    EndpointRows(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    Optional<Webhook> live(long no) {
        return database.first("select " + COLUMNS + FROM + " where e.no = ? and e.live = 1", this::read, no);
    }

    Map<Long, Webhook> live(Collection<Long> numbers) {
        Map<Long, Webhook> found = HashMap.newHashMap(numbers.size());
        for (Webhook webhook : database.query(
                "select " + COLUMNS + FROM + " where e.no in (select value from json_each(?)) and e.live = 1",
                this::read,
                NumberList.of(numbers))) {
            found.put(webhook.no(), webhook);
        }
        return found;
    }

    /** Without anything that is sealed, nor most of the options: there may be very many. */
    Subscriptions subscriptions(long account) {
        // Many have equal ones.
        Map<String, WebhookJson.Filters> known = new HashMap<>();
        return new Subscriptions(database.query(
                "select no, status, events, json_object('agents', options -> '$.agents', 'directions',"
                        + " options -> '$.directions') from endpoints where account = ? and kind = 'account' and live = 1",
                row -> {
                    WebhookJson.Filters filters = known.computeIfAbsent(row.text(4), WebhookJson::readFilters);
                    return new Subscription(
                            row.number(1),
                            status(row.text(2)) == WebhookStatus.ACTIVE,
                            EventType.ofMask(row.small(3)),
                            filters.agentIds(),
                            filters.directions());
                },
                account));
    }

    /** Counted in an index: their rows are not read. */
    int countOfAccount(long account) {
        return database.first(
                        "select count(*) from endpoints where account = ? and kind = 'account' and live = 1",
                        row -> row.small(1),
                        account)
                .orElse(0);
    }

    Optional<Webhook> ofUrl(long account, String url) {
        return database.first(
                "select " + COLUMNS + FROM + " where e.account = ? and e.url = ? and e.kind = 'call' and e.live = 1",
                this::read,
                account,
                url);
    }

    /** Endpoints of calls, by number, after this one. */
    List<Webhook> ofCalls(long afterNo, int limit) {
        return database.query(
                "select " + COLUMNS + FROM + " where e.no > ? and e.kind = 'call' and e.live = 1 order by e.no limit ?",
                this::read,
                afterNo,
                limit);
    }

    /** False where it is in use, or was since then. */
    boolean deleteIfIdle(long no, Instant since) {
        return database.update(
                        "update endpoints set live = 0, sealed = null where no = ?1 and kind = 'call' and live = 1"
                                + " and updated_at < ?2"
                                + " and not exists (select 1 from calls c where c.endpoint = endpoints.no"
                                + " and c.endpoint is not null and c.status not in ('completed', 'failed'))"
                                + " and not exists (select 1 from attempts_by_endpoint a where a.endpoint = endpoints.no"
                                + " and a.no >= ?3)"
                                + " and not exists (select 1 from recent_attempts a where a.endpoint = endpoints.no"
                                + " and a.no >= ?3)"
                                + " and not exists (select 1 from queue q where q.endpoint = endpoints.no)"
                                + " and not exists (select 1 from fresh f where f.endpoint = endpoints.no)",
                        no,
                        since.toEpochMilli(),
                        NumberSource.firstAt(since))
                > 0;
    }

    void insert(Webhook webhook) {
        database.update(
                "insert into endpoints (account, kind, name, url, events, status, disabled_reason, live, options,"
                        + " sealed, created_at, updated_at, no) values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
                columns(webhook));
    }

    void update(Webhook webhook) {
        database.update(
                "update endpoints set account = ?, kind = ?, name = ?, url = ?, events = ?, status = ?,"
                        + " disabled_reason = ?, options = ?, sealed = ?, created_at = ?, updated_at = ?"
                        + " where no = ? and live = 1",
                columns(webhook));
    }

    List<Webhook> ofAnyKind(long account) {
        return database.query(
                "select " + COLUMNS + FROM + " where e.account = ? and e.live = 1 order by e.no", this::read, account);
    }

    void deleteAll(long account) {
        database.update("update endpoints set live = 0, sealed = null where account = ? and live = 1", account);
    }

    /** The row stays for the log; its secrets don't. */
    boolean delete(long account, long no) {
        return database.update("update endpoints set live = 0, sealed = null where no = ? and account = ?", no, account)
                > 0;
    }

    private @Nullable Object[] columns(Webhook webhook) {
        List<SigningSecret> own = webhook.kind().isSignedByAccount() ? List.of() : webhook.secrets();
        byte[] sealed = secrets.seal(
                WebhookJson.writeSecrets(
                        new WebhookJson.Secrets(own, webhook.options().headers())),
                place(webhook.no()));
        return row(
                webhook.account(),
                webhook.kind().wireName(),
                webhook.name(),
                webhook.url(),
                EventType.mask(webhook.events()),
                webhook.status().wireName(),
                webhook.disabledReason(),
                WebhookJson.writeOptions(webhook.options()),
                sealed,
                webhook.createdAt().toEpochMilli(),
                webhook.updatedAt().toEpochMilli(),
                webhook.no());
    }

    Webhook read(Row row) throws SQLException {
        return read(row, secrets);
    }

    static Webhook read(Row row, SecretBox box) throws SQLException {
        long no = row.number(1);
        long account = row.number(2);
        WebhookKind kind = WebhookKind.valueOf(row.text(3).toUpperCase(Locale.ROOT));
        WebhookJson.Secrets own = WebhookJson.readSecrets(box.open(row.bytes(10), place(no)));
        byte[] accounts = row.bytesOrNull(13);
        List<SigningSecret> signing = own.signing();
        if (kind.isSignedByAccount()) {
            signing = accounts == null ? List.of() : AccountRows.openSecrets(box, account, accounts);
        }
        return new Webhook(
                no,
                account,
                kind,
                row.text(4),
                row.text(5),
                EventType.ofMask(row.small(6)),
                status(row.text(7)),
                row.textOrNull(8),
                WebhookJson.readOptions(row.text(9), own.headers()),
                signing,
                row.time(11),
                row.time(12));
    }

    private static WebhookStatus status(String wireName) {
        return WebhookStatus.valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    private static String place(long no) {
        return "endpoint:" + no;
    }
}
