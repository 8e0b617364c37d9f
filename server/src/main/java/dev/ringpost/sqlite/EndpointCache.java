package dev.ringpost.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The webhooks that batches ask for again and again, and what accounts subscribed. It holds what is committed only: an
 * account that a batch has changed is read from the database for the rest of the batch, and forgotten here at its end.
 * For the writer thread.
 */
final class EndpointCache {
    /** The weight is that of a {@link Subscriptions#places place}: some 170 bytes where its agent has no other. */
    private static final int WEIGHT_OF_ACCOUNT = 1;

    /** A tenth of the heap at most: of the 160 MiB that a server has, 40 000 accounts with a webhook each. */
    private static final long HEAP_FOR_A_WEIGHT = 2048;

    /** Whole webhooks, some 500 bytes each, in each of the two caches that have them: 20 000 of 160 MiB. */
    private static final long HEAP_FOR_A_WEBHOOK = 8192;

    private final Cache<Long, Subscriptions> byAccount;
    private final Cache<Target, Webhook> byUrl;
    private final Cache<Long, Webhook> byNumber;
    private final Set<Long> changedAccounts = new HashSet<>();
    private final Set<Long> changedEndpoints = new HashSet<>();
    private boolean someSigningChanged;

    EndpointCache() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** @param heap in bytes, of which it takes a part */
    EndpointCache(long heap) {
        long mostWeight = heap / HEAP_FOR_A_WEIGHT;
        // A larger account is kept too, for each batch would read it, and leaves half of the cache to others.
        long mostOfOne = mostWeight / 2;
        this.byAccount = Caffeine.newBuilder()
                .maximumWeight(mostWeight)
                .weigher((Long _, Subscriptions known) -> (int) Math.min(WEIGHT_OF_ACCOUNT + known.places(), mostOfOne))
                .executor(Runnable::run)
                .build();
        long webhooks = heap / HEAP_FOR_A_WEBHOOK;
        this.byUrl = Caffeine.newBuilder()
                .maximumSize(webhooks)
                .executor(Runnable::run)
                .build();
        this.byNumber = Caffeine.newBuilder()
                .maximumSize(webhooks)
                .executor(Runnable::run)
                .build();
    }

    Subscriptions ofAccount(long account, Supplier<Subscriptions> read) {
        return changedAccounts.contains(account) ? read.get() : byAccount.get(account, _ -> read.get());
    }

    Optional<Webhook> ofUrl(long account, String url, Supplier<Optional<Webhook>> read) {
        if (changedAccounts.contains(account)) {
            return read.get();
        }
        Target target = new Target(account, url);
        Webhook known = byUrl.getIfPresent(target);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Webhook> found = read.get();
        found.ifPresent(webhook -> byUrl.put(target, webhook));
        return found;
    }

    /** @param read asked once, for those that are not known; not at all where there are none */
    Map<Long, Webhook> ofNumbers(Collection<Long> numbers, Function<List<Long>, Map<Long, Webhook>> read) {
        Map<Long, Webhook> found = HashMap.newHashMap(numbers.size());
        List<Long> unknown = new ArrayList<>();
        for (Long no : numbers) {
            Webhook known = isChanged(no) ? null : byNumber.getIfPresent(no);
            if (known == null) {
                unknown.add(no);
            } else {
                found.put(no, known);
            }
        }
        if (!unknown.isEmpty()) {
            read.apply(unknown).forEach((no, webhook) -> {
                found.put(no, webhook);
                if (!isChanged(no)) {
                    byNumber.put(no, webhook);
                }
            });
        }
        return found;
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

    private boolean isChanged(long endpoint) {
        return someSigningChanged || changedEndpoints.contains(endpoint);
    }

    private boolean isChanged(Webhook webhook) {
        return changedEndpoints.contains(webhook.no())
                || (someSigningChanged && changedAccounts.contains(webhook.account()));
    }

    private record Target(long account, String url) {}
}
