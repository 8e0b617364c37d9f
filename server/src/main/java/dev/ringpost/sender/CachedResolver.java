package dev.ringpost.sender;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Remembers answers, good ones for 30 s and bad ones for 5 s; those who ask for one name at once share one lookup. */
public final class CachedResolver implements Resolver {
    private static final Duration FOUND = Duration.ofSeconds(30);
    private static final Duration NOT_FOUND = Duration.ofSeconds(5);
    private static final int MAX_NAMES = 50_000;

    private final AsyncCache<String, Answer> answers;
    private final Resolver resolver;

    public CachedResolver(Resolver resolver) {
        this(resolver, Ticker.systemTicker());
    }

    CachedResolver(Resolver resolver, Ticker ticker) {
        this.resolver = resolver;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .ticker(ticker)
                .expireAfter(Expiry.<String, Answer>creating((host, answer) -> switch (answer) {
                    case Answer.Found found -> FOUND;
                    case Answer.NotFound notFound -> NOT_FOUND;
                }))
                .buildAsync();
    }

    @Override
    public CompletableFuture<Answer> resolve(String host) {
        return answers.get(host, (name, executor) -> resolver.resolve(name));
    }
}
