package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.sender.Resolver.Answer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();

    @Test
    void theSystemKnowsLocalhostAndSaysWhatItDoesNotKnow() throws Exception {
        try (SystemResolver resolver = new SystemResolver()) {
            assertThat(resolver.resolve("localhost").get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Answer.Found.class,
                            found -> assertThat(found.addresses()).allMatch(InetAddress::isLoopbackAddress));
            assertThat(resolver.resolve("no-such-host.invalid").get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Answer.NotFound.class,
                            notFound -> assertThat(notFound.reason()).contains("no-such-host.invalid"));
        }
    }

    @Test
    void remembersGoodAnswersFor30Seconds() {
        CachedResolver cached = cached(new Answer.Found(List.of(InetAddress.getLoopbackAddress())));
        assertThat(cached.resolve("a")).isCompletedWithValueMatching(a -> a instanceof Answer.Found);
        nanos.set(Duration.ofSeconds(29).toNanos());
        assertThat(cached.resolve("a")).isCompleted();
        assertThat(lookups).hasValue(1);
        nanos.set(Duration.ofSeconds(31).toNanos());
        assertThat(cached.resolve("a")).isCompleted();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void remembersBadAnswersFor5Seconds() {
        CachedResolver cached = cached(new Answer.NotFound("x"));
        assertThat(cached.resolve("a")).isCompleted();
        nanos.set(Duration.ofSeconds(4).toNanos());
        assertThat(cached.resolve("a")).isCompleted();
        assertThat(lookups).hasValue(1);
        nanos.set(Duration.ofSeconds(6).toNanos());
        assertThat(cached.resolve("a")).isCompleted();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void thoseWhoAskAtOnceShareALookup() {
        CompletableFuture<Answer> slow = new CompletableFuture<>();
        CachedResolver cached = new CachedResolver(host -> {
            lookups.incrementAndGet();
            return slow;
        });
        CompletableFuture<Answer> first = cached.resolve("a");
        CompletableFuture<Answer> second = cached.resolve("a");
        slow.complete(new Answer.NotFound("x"));
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(lookups).hasValue(1);
    }

    private CachedResolver cached(Answer answer) {
        return new CachedResolver(
                host -> {
                    lookups.incrementAndGet();
                    return CompletableFuture.completedFuture(answer);
                },
                nanos::get);
    }
}
