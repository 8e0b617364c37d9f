package dev.ringpost.sender;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.ringpost.fairness.FairShares;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the operating system, so that hosts files and search rules hold as for any other program. Its calls block for as
 * long as a name server is silent, and can't be ended; so they run on threads of their own, of which each account gets a
 * fair share. Who has to wait does so behind lookups of the same account only.
 */
public final class SystemResolver implements Resolver, AutoCloseable {
    /** Asks for the addresses of a name; may block. */
    @FunctionalInterface
    interface Names {
        List<InetAddress> lookUp(String host) throws UnknownHostException;
    }

    private record Lookup(long account, String host, CompletableFuture<Answer> answer) {}

    private static final int MAX_WAITING_OF_AN_ACCOUNT = 1000;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Names names;
    private final FairShares slots;
    private final ExecutorService lookups = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("dns-", 0).factory());

    /** By account, the one whose turn is next first; guarded by this. */
    private final Map<Long, ArrayDeque<Lookup>> waiting = new LinkedHashMap<>();

    /** @param atOnce how many lookups may run at once, from 2 */
    public SystemResolver(int atOnce) {
        this(atOnce, host -> List.of(InetAddress.getAllByName(host)));
    }

    SystemResolver(int atOnce, Names names) {
        this.slots = new FairShares(atOnce);
        this.names = names;
    }

    @Override
    public CompletableFuture<Answer> resolve(long account, String host) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (!enqueue(new Lookup(account, host, answer))) {
            return CompletableFuture.completedFuture(new Answer.NotFound(host
                    + " was not looked up: " + MAX_WAITING_OF_AN_ACCOUNT
                    + " names of this account already wait for a name server to answer"));
        }
        startWhatMay();
        Answer late = new Answer.NotFound(host + " was not answered within " + DEADLINE.toSeconds() + " s");
        return answer.completeOnTimeout(late, DEADLINE.toMillis(), MILLISECONDS);
    }

    /** Waits for no lookup that still runs. */
    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private synchronized boolean enqueue(Lookup lookup) {
        ArrayDeque<Lookup> line = waiting.computeIfAbsent(lookup.account(), account -> new ArrayDeque<>());
        if (line.size() >= MAX_WAITING_OF_AN_ACCOUNT) {
            // Who has waited beyond its deadline needs no lookup any more.
            line.removeIf(waited -> waited.answer().isDone());
        }
        return line.size() < MAX_WAITING_OF_AN_ACCOUNT && line.add(lookup);
    }

    private void startWhatMay() {
        for (Lookup next = next(); next != null; next = next()) {
            start(next);
        }
    }

    /** Takes a slot and the lookup that gets it; null where nobody who waits may have one. */
    private synchronized @Nullable Lookup next() {
        Iterator<Map.Entry<Long, ArrayDeque<Lookup>>> lines = waiting.entrySet().iterator();
        while (lines.hasNext()) {
            Map.Entry<Long, ArrayDeque<Lookup>> line = lines.next();
            ArrayDeque<Lookup> queue = line.getValue();
            while (!queue.isEmpty() && queue.getFirst().answer().isDone()) {
                queue.removeFirst();
            }
            if (queue.isEmpty()) {
                lines.remove();
            } else if (slots.tryTake(line.getKey(), 1)) {
                Lookup lookup = queue.removeFirst();
                lines.remove();
                if (!queue.isEmpty()) {
                    waiting.put(line.getKey(), queue);
                }
                return lookup;
            }
        }
        return null;
    }

    private void start(Lookup lookup) {
        try {
            lookups.execute(() -> {
                try {
                    lookup.answer().complete(ask(lookup.host()));
                } finally {
                    slots.giveBack(lookup.account(), 1);
                    startWhatMay();
                }
            });
        } catch (RejectedExecutionException e) {
            slots.giveBack(lookup.account(), 1);
            lookup.answer().complete(new Answer.NotFound("Ringpost is stopping"));
        }
    }

    private Answer ask(String host) {
        try {
            List<InetAddress> addresses = names.lookUp(host);
            return addresses.isEmpty() ? unknown(host) : new Answer.Found(addresses);
        } catch (UnknownHostException e) {
            return unknown(host);
        } catch (RuntimeException e) {
            return new Answer.NotFound(host + " could not be looked up: " + e.getMessage());
        }
    }

    private static Answer unknown(String host) {
        return new Answer.NotFound(host + " has no address");
    }
}
