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
 * Names that were found within the last hour are looked up by a resolver of their own, so that within an account too the
 * endpoints that work do not wait behind dead names.
 */
public final class CachedResolver implements Resolver {
    private static final Duration FOUND = Duration.ofSeconds(30);
    private static final Duration NOT_FOUND = Duration.ofSeconds(5);
    private static final Duration KNOWN = Duration.ofHours(1);
    private static final int MAX_NAMES = 50_000;

    private record Asked(long account, String host) {}

    private final Cache<String, Answer> found;
    private final AsyncCache<Asked, Answer> asked;
    private final Cache<String, Boolean> known;
    private final Resolver ofKnown;
    private final Resolver ofOthers;

    /**
     * @param ofKnown looks up names that were found lately
     * @param ofOthers looks up all other names
     */
    public CachedResolver(Resolver ofKnown, Resolver ofOthers) {
        this(ofKnown, ofOthers, Ticker.systemTicker());
    }

    CachedResolver(Resolver ofKnown, Resolver ofOthers, Ticker ticker) {
        this.ofKnown = ofKnown;
        this.ofOthers = ofOthers;
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .ticker(ticker)
                .expireAfterWrite(KNOWN)
                .build();
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
        Answer before = found.getIfPresent(host);
        return before != null
                ? CompletableFuture.completedFuture(before)
                : asked.get(new Asked(account, host), (name, executor) -> lookUp(account, host));
    }

    private CompletableFuture<Answer> lookUp(long account, String host) {
        Resolver resolver = known.getIfPresent(host) == null ? ofOthers : ofKnown;
        return resolver.resolve(account, host).thenApply(answer -> {
            switch (answer) {
                case Answer.Found _ -> {
                    found.put(host, answer);
                    known.put(host, true);
                }
                case Answer.NotFound _ -> known.invalidate(host);
            }
            return answer;
        });
    }
}
