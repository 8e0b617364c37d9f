package dev.ringpost.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.webhook.Webhook;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The webhooks that batches ask for again and again. It holds committed webhooks only: an account that a batch has
 * changed is read from the database for the rest of the batch, and forgotten here at its end. For the writer thread.
 */
final class EndpointCache {
    private static final int ACCOUNTS = 10_000;
    private static final int ENDPOINTS = 20_000;

    private final Cache<Long, List<Webhook>> byAccount =
            Caffeine.newBuilder().maximumSize(ACCOUNTS).executor(Runnable::run).build();
    private final Cache<Target, Webhook> byUrl =
            Caffeine.newBuilder().maximumSize(ENDPOINTS).executor(Runnable::run).build();
    private final Cache<Long, Webhook> byNumber =
            Caffeine.newBuilder().maximumSize(ENDPOINTS).executor(Runnable::run).build();
    private final Set<Long> changedAccounts = new HashSet<>();
    private final Set<Long> changedEndpoints = new HashSet<>();
    private boolean someSigningChanged;

    List<Webhook> ofAccount(long account, Supplier<List<Webhook>> read) {
        if (changedAccounts.contains(account)) {
            return read.get();
        }
        return byAccount.get(account, _ -> List.copyOf(read.get()));
    }

    Optional<Webhook> ofUrl(long account, String url, Supplier<Optional<Webhook>> read) {
        boolean changed = changedAccounts.contains(account);
        return changed ? read.get() : cached(byUrl, new Target(account, url), read);
    }

    Optional<Webhook> ofNumber(long no, Supplier<Optional<Webhook>> read) {
        boolean changed = someSigningChanged || changedEndpoints.contains(no);
        return changed ? read.get() : cached(byNumber, no, read);
    }

    void changed(long account, long endpoint) {
        changedAccounts.add(account);
        changedEndpoints.add(endpoint);
    }

    /** All of the account's endpoints of kind call: they sign with its secrets. */
    void signingChanged(long account) {
        changedAccounts.add(account);
        someSigningChanged = true;
    }

    /** The batch is over, committed or not. */
    void batchEnded() {
        if (changedAccounts.isEmpty()) {
            return;
        }
        byAccount.invalidateAll(changedAccounts);
        byNumber.invalidateAll(changedEndpoints);
        byUrl.asMap().values().removeIf(this::isChanged);
        if (someSigningChanged) {
            byNumber.asMap().values().removeIf(this::isChanged);
        }
        changedAccounts.clear();
        changedEndpoints.clear();
        someSigningChanged = false;
    }

    private boolean isChanged(Webhook webhook) {
        return changedEndpoints.contains(webhook.no())
                || (someSigningChanged && changedAccounts.contains(webhook.account()));
    }

    private static <K> Optional<Webhook> cached(Cache<K, Webhook> cache, K key, Supplier<Optional<Webhook>> read) {
        Webhook known = cache.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Webhook> found = read.get();
        found.ifPresent(webhook -> cache.put(key, webhook));
        return found;
    }

    private record Target(long account, String url) {}
}
