package dev.ringpost.account;

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
import dev.ringpost.webhook.Webhook;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Accounts and their keys in an open store. Blocks. */
public final class KeyDesk {
    /** The operator's own account, which is there from the first start. */
    public static final String OPERATOR_ACCOUNT = "default";

    private final Records records;
    private final Journal journal;
    private final NumberSource numbers;
    private final PublicIds ids;
    private final InstantSource clock;

    public KeyDesk(Records records, Journal journal, NumberSource numbers, PublicIds ids, InstantSource clock) {
        this.records = records;
        this.journal = journal;
        this.numbers = numbers;
        this.ids = ids;
        this.clock = clock;
    }

    /** A key whose text was just made and can't be read again. */
    public record NewKey(ApiKey key, String text) {
        /** Never the text: it must not reach a log. */
        @Override
        public String toString() {
            return "NewKey[" + key.no() + "]";
        }
    }

    /**
     * Makes the wished key exist, or, where there is no key at all and none is wished, makes one up.
     *
     * @return the key that was made up
     */
    public Optional<String> firstKey(Optional<String> wished) {
        if (wished.isPresent()) {
            if (records.key(KeyText.hash(wished.get())).isEmpty()) {
                insert(new NewKey(key(operatorAccount(), "bootstrap", wished.get()), wished.get()));
            }
            return Optional.empty();
        }
        if (records.hasKeys()) {
            return Optional.empty();
        }
        String text = KeyText.generate();
        insert(new NewKey(key(operatorAccount(), "first", text), text));
        return Optional.of(text);
    }

    /**
     * The account of whoever runs this server, made if it is missing: the oldest of its name. Its secrets sign where the
     * operator is spoken to.
     */
    public Account operatorAccount() {
        return records.accountsNamed(OPERATOR_ACCOUNT).stream()
                .findFirst()
                .orElseGet(() -> insert(newAccount(OPERATOR_ACCOUNT)));
    }

    /** An operator key may act for every account: so it is made in the operator's own account only. */
    public boolean mayHave(Account account, Scope scope) {
        return scope != Scope.OPERATOR || operatorAccount().no() == account.no();
    }

    /** A key that is not stored yet. */
    public NewKey newKey(Account account, Scope scope, @Nullable String name, Set<String> agentIds) {
        String text = KeyText.generate(scope == Scope.WEB_CALLS ? KeyText.PUBLIC : KeyText.SECRET);
        ApiKey key =
                new ApiKey(numbers.next(), account.no(), KeyText.hash(text), scope, name, agentIds, clock.instant());
        return new NewKey(key, text);
    }

    /** Stores a new key. */
    public NewKey insert(NewKey made) {
        return committed(transaction -> {
            transaction.insertKey(made.key());
            return made;
        });
    }

    /** Newest first. */
    public List<ApiKey> keys(Account account) {
        return records.keys(account.no());
    }

    /**
     * False where the account has no such key.
     *
     * @throws LockedOut for the last operator key
     */
    public boolean revoke(long account, String keyId) {
        Optional<Long> no = ids.parse(IdKind.KEY, keyId);
        return no.isPresent()
                && committed(transaction -> {
                    boolean hadOperatorKey = transaction.hasOperatorKey();
                    boolean deleted = transaction.deleteKey(account, no.get());
                    if (hadOperatorKey && !transaction.hasOperatorKey()) {
                        throw new LockedOut("This is the last operator key, and nobody could operate this Ringpost"
                                + " without it: make another first, then revoke this one");
                    }
                    return deleted;
                });
    }

    /** An account that is not stored yet, with a secret of its own to sign with. */
    public Account newAccount(String name) {
        SigningSecret secret = new SigningSecret(WebhookSecret.generate().reveal(), null);
        return new Account(numbers.next(), name, List.of(secret), clock.instant());
    }

    /** Stores a new account. */
    public Account insert(Account account) {
        return committed(transaction -> {
            transaction.insertAccount(account);
            return account;
        });
    }

    /**
     * Deletes an account: its keys and webhooks are gone from the commit on.
     *
     * @return the webhooks that it had, which the delivery engine is to be told of; empty where there is no such account
     * @throws LockedOut for the operator's own account
     */
    public Optional<List<Webhook>> deleteAccount(long no) {
        if (operatorAccount().no() == no) {
            throw new LockedOut("The account \"" + OPERATOR_ACCOUNT
                    + "\" is the operator's own, which holds the operator keys: it can't be deleted");
        }
        return committed(transaction -> transaction.deleteAccount(no));
    }

    /** Oldest first. */
    public List<Account> accounts() {
        return records.accounts();
    }

    /** The account with this id, or those with this name. */
    public List<Account> find(String idOrName) {
        return ids.parse(IdKind.ACCOUNT, idOrName)
                .flatMap(records::account)
                .map(List::of)
                .orElseGet(() -> records.accountsNamed(idOrName));
    }

    public String accountId(Account account) {
        return ids.format(IdKind.ACCOUNT, account.no());
    }

    public String keyId(ApiKey key) {
        return ids.format(IdKind.KEY, key.no());
    }

    private ApiKey key(Account account, String name, String text) {
        return new ApiKey(
                numbers.next(), account.no(), KeyText.hash(text), Scope.OPERATOR, name, Set.of(), clock.instant());
    }

    private <T> T committed(Journal.Change<T> change) {
        CompletableFuture<T> future = journal.change(change);
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
