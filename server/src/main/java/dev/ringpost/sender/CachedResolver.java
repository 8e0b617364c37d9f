package dev.ringpost.sender;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers answers, good ones for 30 s and bad ones for 5 s; those of one account who ask for one name at once share one
 * lookup. Addresses that were found serve every account. A lookup that is under way, and one that failed, are the asking
 * account's own: where they were shared, an account with many dead names would make others wait for a name in its line.
 */
public final class CachedResolver implements Resolver {
    private static final Duration FOUND = Duration.ofSeconds(30);
    private static final Duration NOT_FOUND = Duration.ofSeconds(5);
    private static final int MAX_NAMES = 50_000;

    private record Asked(long account, String host) {}

    private final Cache<String, Answer> found;
    private final AsyncCache<Asked, Answer> asked;
    private final Resolver resolver;

    public CachedResolver(Resolver resolver) {
        this(resolver, Ticker.systemTicker());
    }

    CachedResolver(Resolver resolver, Ticker ticker) {
        this.resolver = resolver;
        this.found = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .ticker(ticker)
                .expireAfterWrite(FOUND)
                .build();
        this.asked = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .ticker(ticker)
                // What was found is in the other cache before this one learns of it.
                .expireAfter(Expiry.<Asked, Answer>creating((name, answer) -> switch (answer) {
                    case Answer.Found known -> Duration.ZERO;
                    case Answer.NotFound unknown -> NOT_FOUND;
                }))
                .buildAsync();
    }

    @Override
    public CompletableFuture<Answer> resolve(long account, String host) {
        Answer known = found.getIfPresent(host);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : asked.get(new Asked(account, host), (name, executor) -> lookUp(account, host));
    }

    private CompletableFuture<Answer> lookUp(long account, String host) {
        return resolver.resolve(account, host).thenApply(answer -> {
            if (answer instanceof Answer.Found) {
                found.put(host, answer);
            }
            return answer;
        });
    }
}
