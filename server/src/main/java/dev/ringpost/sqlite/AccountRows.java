package dev.ringpost.sqlite;

import dev.ringpost.secret.SecretBox;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.webhook.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accounts and their API keys as rows; signing secrets are sealed, of keys only hashes are stored. */
final class AccountRows {
    static final String KEY_COLUMNS = "no, account, hash, scope, name, agent_ids, created_at";

    private static final String SELECT = "select no, name, secrets, created_at from accounts";

    private final Database database;
    private final SecretBox secrets;

    AccountRows(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    void insert(Account account) {
        database.update(
                "insert into accounts (no, name, secrets, created_at) values (?, ?, ?, ?)",
                account.no(),
                account.name(),
                seal(account.no(), account.secrets()),
                account.createdAt().toEpochMilli());
    }

    /** The time moves on with every change, so that of two states of an endpoint the newer is known. */
    void replaceSecrets(long account, List<SigningSecret> signing, Instant now) {
        database.update(
                "update accounts set secrets = ?, secrets_changed_at = max(?, coalesce(secrets_changed_at, 0) + 1)"
                        + " where no = ?",
                seal(account, signing),
                now.toEpochMilli(),
                account);
    }

    private byte[] seal(long account, List<SigningSecret> signing) {
        return secrets.seal(WebhookJson.writeSecrets(new WebhookJson.Secrets(signing, Map.of())), place(account));
    }

    Optional<Account> account(long no) {
        return database.first(SELECT + " where no = ?", this::read, no);
    }

    List<Account> accounts() {
        return database.query(SELECT + " order by no", this::read);
    }

    List<Account> named(String name) {
        return database.query(SELECT + " where name = ? order by no", this::read, name);
    }

    Page<Account> page(PageRequest page) {
        return new Listing<>("no, name, secrets, created_at", " from accounts", "no", this::read).page(database, page);
    }

    /** Its keys go with it. */
    boolean delete(long no) {
        database.update("delete from api_keys where account = ?", no);
        return database.update("delete from accounts where no = ?", no) > 0;
    }

    boolean hasOperatorKey() {
        return database.first("select 1 from api_keys where scope = 'operator' limit 1", row -> true)
                .orElse(false);
    }

    private Account read(Row row) throws SQLException {
        return new Account(row.number(1), row.text(2), openSecrets(secrets, row.number(1), row.bytes(3)), row.time(4));
    }

    void insertKey(ApiKey key) {
        byte[] agents = JsonSink.write(sink -> sink.texts("agents", key.agentIds()));
        database.update(
                "insert into api_keys (no, account, hash, scope, name, agent_ids, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                key.no(),
                key.account(),
                key.hash(),
                key.scope().name().toLowerCase(Locale.ROOT),
                key.name(),
                new String(agents, StandardCharsets.UTF_8),
                key.createdAt().toEpochMilli());
    }

    boolean deleteKey(long account, long no) {
        return database.update("delete from api_keys where no = ? and account = ?", no, account) > 0;
    }

    static ApiKey readKey(Row row) throws SQLException {
        Set<String> agents = new LinkedHashSet<>();
        JsonSource.read(row.text(6).getBytes(StandardCharsets.UTF_8), (name, value) -> {
            if (name.equals("agents")) {
                agents.addAll(value.texts());
            }
        });
        return new ApiKey(
                row.number(1),
                row.number(2),
                row.text(3),
                ApiKey.Scope.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                row.textOrNull(5),
                agents,
                row.time(7));
    }

    static List<SigningSecret> openSecrets(SecretBox box, long account, byte[] sealed) {
        return WebhookJson.readSecrets(box.open(sealed, place(account))).signing();
    }

    private static String place(long account) {
        return "account:" + account;
    }
}
