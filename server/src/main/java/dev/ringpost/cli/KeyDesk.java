package dev.ringpost.cli;

import dev.ringpost.commit.Journal;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.ApiKey.Scope;
import dev.ringpost.store.Records;
import dev.ringpost.webhook.SigningSecret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts and their keys in an open store. Blocks. */
final class KeyDesk implements AutoCloseable {
    /** The account that is there from the start. */
    static final String DEFAULT_ACCOUNT = "default";

    private final Records records;
    private final Journal journal;
    private final NumberSource numbers;
    private final PublicIds ids;
    private final InstantSource clock;
    private final Runnable close;

    /** @param close what closing does to the store */
    KeyDesk(
            Records records,
            Journal journal,
            NumberSource numbers,
            PublicIds ids,
            InstantSource clock,
            Runnable close) {
        this.records = records;
        this.journal = journal;
        this.numbers = numbers;
        this.ids = ids;
        this.clock = clock;
        this.close = close;
    }

    /** A key whose text was just made and can't be read again. */
    record NewKey(String id, String text) {}

    /**
     * Makes the wished key exist, or, where there is no key at all and none is wished, makes one up.
     *
     * @return the key that was made up
     */
    Optional<String> firstKey(Optional<String> wished) {
        if (wished.isPresent()) {
            if (records.key(KeyText.hash(wished.get())).isEmpty()) {
                insertKey(defaultAccount(), Scope.OPERATOR, "bootstrap", wished.get());
            }
            return Optional.empty();
        }
        if (records.hasKeys()) {
            return Optional.empty();
        }
        String text = KeyText.generate();
        insertKey(defaultAccount(), Scope.OPERATOR, "first", text);
        return Optional.of(text);
    }

    NewKey createKey(Account account, Scope scope, @Nullable String name) {
        String text = KeyText.generate(scope == Scope.WEB_CALLS ? "rp_pk_" : "rp_sk_");
        return new NewKey(keyId(insertKey(account, scope, name, text)), text);
    }

    List<ApiKey> keys(Account account) {
        return records.keys(account.no());
    }

    /** False where the account has no such key. */
    boolean revoke(Account account, String keyId) {
        Optional<Long> no = ids.parse(IdKind.KEY, keyId);
        return no.isPresent()
                && journal.change(transaction -> transaction.deleteKey(account.no(), no.get()))
                        .join();
    }

    Account createAccount(String name) {
        SigningSecret secret = new SigningSecret(WebhookSecret.generate().reveal(), null);
        Account account = new Account(numbers.next(), name, List.of(secret), clock.instant());
        journal.<Boolean>change(transaction -> {
                    transaction.insertAccount(account);
                    return true;
                })
                .join();
        return account;
    }

    /** Oldest first. */
    List<Account> accounts() {
        return records.accounts();
    }

    /** By its id or its name, where only one has it. */
    Optional<Account> account(String idOrName) {
        Optional<Account> byId = ids.parse(IdKind.ACCOUNT, idOrName).flatMap(records::account);
        if (byId.isPresent()) {
            return byId;
        }
        List<Account> named = accounts().stream()
                .filter(account -> account.name().equals(idOrName))
                .toList();
        if (named.size() > 1) {
            throw new StartFailure(
                    named.size() + " accounts are called \"" + idOrName + "\": name one by its id, see accounts list");
        }
        return named.stream().findFirst();
    }

    /** The account of whoever runs this server: its secrets sign where the operator is spoken to. */
    Account operatorAccount() {
        return defaultAccount();
    }

    String accountId(Account account) {
        return ids.format(IdKind.ACCOUNT, account.no());
    }

    String keyId(ApiKey key) {
        return ids.format(IdKind.KEY, key.no());
    }

    @Override
    public void close() {
        close.run();
    }

    private Account defaultAccount() {
        return accounts().stream()
                .filter(account -> account.name().equals(DEFAULT_ACCOUNT))
                .findFirst()
                .orElseGet(() -> createAccount(DEFAULT_ACCOUNT));
    }

    private ApiKey insertKey(Account account, Scope scope, @Nullable String name, String text) {
        ApiKey key =
                new ApiKey(numbers.next(), account.no(), KeyText.hash(text), scope, name, Set.of(), clock.instant());
        journal.<Boolean>change(transaction -> {
                    transaction.insertKey(key);
                    return true;
                })
                .join();
        return key;
    }
}
