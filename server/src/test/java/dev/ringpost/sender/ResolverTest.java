package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.sender.Resolver.Answer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final long ME = 1;
    private static final long OTHER = 2;
    private static final Answer LOOPBACK = new Answer.Found(List.of(InetAddress.getLoopbackAddress()));

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookups = new AtomicInteger();

    @Test
    void theSystemKnowsLocalhostAndSaysWhatItDoesNotKnow() throws Exception {
        try (SystemResolver resolver = new SystemResolver(64)) {
            assertThat(answer(resolver.resolve(ME, "localhost")))
                    .isInstanceOfSatisfying(
                            Answer.Found.class,
                            found -> assertThat(found.addresses()).allMatch(InetAddress::isLoopbackAddress));
            assertThat(answer(resolver.resolve(ME, "no-such-host.invalid")))
                    .isInstanceOfSatisfying(
                            Answer.NotFound.class,
                            notFound -> assertThat(notFound.reason()).contains("no-such-host.invalid"));
        }
    }

    /** Far more dead names than there are threads for lookups. */
    @Test
    void deadNamesOfOneAccountHoldUpNobodyElse() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        try (SystemResolver resolver = new SystemResolver(64, host -> {
            if (host.startsWith("dead")) {
                running.incrementAndGet();
                awaitQuietly(over);
            }
            return List.of(InetAddress.getLoopbackAddress());
        })) {
            List<CompletableFuture<Answer>> dead = IntStream.range(0, 500)
                    .mapToObj(i -> resolver.resolve(ME, "dead" + i))
                    .toList();
            assertThat(answer(resolver.resolve(OTHER, "alive"))).isEqualTo(LOOPBACK);
            assertThat(answer(resolver.resolve(3, "alive"))).isEqualTo(LOOPBACK);
            assertThat(dead).noneMatch(CompletableFuture::isDone);
            assertThat(running).hasValue(32);
            over.countDown();
            for (CompletableFuture<Answer> late : dead) {
                assertThat(answer(late)).isEqualTo(LOOPBACK);
            }
        }
    }

    /** The account's own names wait their turn, and no more of them than a bound. */
    @Test
    void anAccountsLineIsBounded() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (SystemResolver resolver = new SystemResolver(64, host -> {
            awaitQuietly(over);
            return List.of(InetAddress.getLoopbackAddress());
        })) {
            List<CompletableFuture<Answer>> dead = IntStream.range(0, 1032)
                    .mapToObj(i -> resolver.resolve(ME, "dead" + i))
                    .toList();
            assertThat(dead).noneMatch(CompletableFuture::isDone);
            assertThat(answer(resolver.resolve(ME, "one-more")))
                    .isInstanceOfSatisfying(
                            Answer.NotFound.class,
                            refused -> assertThat(refused.reason()).contains("1000 names of this account"));
            CompletableFuture<Answer> other = resolver.resolve(OTHER, "x");
            over.countDown();
            assertThat(answer(other)).isEqualTo(LOOPBACK);
        }
    }

    @Test
    void remembersGoodAnswersFor30SecondsForAllAccounts() {
        CachedResolver cached = cached(LOOPBACK);
        assertThat(cached.resolve(ME, "a")).isCompletedWithValue(LOOPBACK);
        nanos.set(Duration.ofSeconds(29).toNanos());
        assertThat(cached.resolve(ME, "a")).isCompleted();
        assertThat(cached.resolve(OTHER, "a")).isCompleted();
        assertThat(lookups).hasValue(1);
        nanos.set(Duration.ofSeconds(31).toNanos());
        assertThat(cached.resolve(ME, "a")).isCompleted();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void remembersBadAnswersFor5Seconds() {
        CachedResolver cached = cached(new Answer.NotFound("x"));
        assertThat(cached.resolve(ME, "a")).isCompleted();
        nanos.set(Duration.ofSeconds(4).toNanos());
        assertThat(cached.resolve(ME, "a")).isCompleted();
        assertThat(lookups).hasValue(1);
        nanos.set(Duration.ofSeconds(6).toNanos());
        assertThat(cached.resolve(ME, "a")).isCompleted();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void thoseOfAnAccountWhoAskAtOnceShareALookup() {
        CompletableFuture<Answer> slow = new CompletableFuture<>();
        CachedResolver cached = cached((account, host) -> {
            lookups.incrementAndGet();
            return slow;
        });
        CompletableFuture<Answer> first = cached.resolve(ME, "a");
        CompletableFuture<Answer> second = cached.resolve(ME, "a");
        slow.complete(new Answer.NotFound("x"));
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(lookups).hasValue(1);
    }

    /** Else who asks for many dead names, and then for a popular one, would hold the popular one up for all. */
    @Test
    void aLookupThatWaitsInAnothersLineIsNotWaitedFor() {
        CachedResolver cached = cached((account, host) ->
                account == ME ? new CompletableFuture<>() : CompletableFuture.completedFuture(LOOPBACK));
        assertThat(cached.resolve(ME, "popular")).isNotDone();
        assertThat(cached.resolve(OTHER, "popular")).isCompletedWithValue(LOOPBACK);
    }

    private CachedResolver cached(Answer answer) {
        return cached((account, host) -> {
            lookups.incrementAndGet();
            return CompletableFuture.completedFuture(answer);
        });
    }

    private CachedResolver cached(Resolver resolver) {
        return new CachedResolver(resolver, resolver, nanos::get);
    }

    /** The endpoints that work must not wait behind dead names, not even those of their own account. */
    @Test
    void aNameThatWasFoundIsLookedUpApartFromOthersUntilItIsNotFound() {
        AtomicInteger ofKnown = new AtomicInteger();
        List<Answer> answers = new CopyOnWriteArrayList<>(List.of(LOOPBACK, new Answer.NotFound("x"), LOOPBACK));
        CachedResolver cached = new CachedResolver(
                (account, host) -> {
                    ofKnown.incrementAndGet();
                    return CompletableFuture.completedFuture(answers.removeFirst());
                },
                (account, host) -> {
                    lookups.incrementAndGet();
                    return CompletableFuture.completedFuture(answers.removeFirst());
                },
                nanos::get);
        for (int i = 0; i < 3; i++) {
            assertThat(cached.resolve(ME, "a")).isCompleted();
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        }
        assertThat(lookups).as("when it was new, and after it was not found").hasValue(2);
        assertThat(ofKnown).hasValue(1);
    }

    private static Answer answer(CompletableFuture<Answer> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
