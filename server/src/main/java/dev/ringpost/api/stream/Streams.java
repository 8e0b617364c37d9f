package dev.ringpost.api.stream;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.fairness.FairShares;
import dev.ringpost.live.LiveHints;
import dev.ringpost.store.Records;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of the server: how many there may be, what keeps them alive, and what ends them. An idle stream costs a
 * heartbeat and nothing else: what is new is looked for once for each account, and streams are woken.
 */
public final class Streams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Streams.class);

    private final Vertx vertx;
    private final LiveHints hints;
    private final Records records;
    private final Executor blocking;
    private final StreamLimits limits;
    private final FairShares places;
    private final FairShares memory;
    private final Map<Long, Integer> ofAccounts = new ConcurrentHashMap<>();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long timer;
    private volatile boolean closed;

    /** @param blocking runs each task on a virtual thread of its own */
    public Streams(Vertx vertx, LiveHints hints, Records records, Executor blocking, StreamLimits limits) {
        this.vertx = vertx;
        this.hints = hints;
        this.records = records;
        this.blocking = blocking;
        this.limits = limits;
        this.places = new FairShares(limits.inAll());
        this.memory = new FairShares(limits.memory());
        this.timer = vertx.setPeriodic(limits.heartbeat().toMillis(), tick -> beat());
    }

    /**
     * Takes a place for a stream, which {@link #leave} gives back.
     *
     * @throws dev.ringpost.api.problem.ProblemException 429 where the account has as many as it may; 503 at the end
     */
    public void enter(long account) {
        if (closed) {
            throw Problem.overloaded("The server is shutting down", Messages.RETRY)
                    .asException();
        }
        int count = ofAccounts.merge(account, 1, Integer::sum);
        if (count > limits.ofAccount() || !places.tryTake(account, 1)) {
            forget(account);
            throw tooMany().asException();
        }
    }

    /** The place of a stream is free again. */
    public void leave(long account) {
        places.giveBack(account, 1);
        forget(account);
    }

    private void forget(long account) {
        ofAccounts.computeIfPresent(account, (no, count) -> count == 1 ? null : count - 1);
    }

    private Problem tooMany() {
        return new Problem(
                        ProblemType.TOO_MANY_STREAMS,
                        "So many streams are open that this account may have no more, " + limits.ofAccount()
                                + " at most; close one, or try again later")
                .withHeader("retry-after", Long.toString(Messages.RETRY.toSeconds()));
    }

    /**
     * Answers a request that has a place with a stream, which ends when the client goes, when the sender may no longer ask
     * for it, or with the server. On the event loop of the request.
     */
    public void start(HttpServerRequest request, Context loop, Feed feed, Sender sender) {
        EventStream stream = new EventStream(this, request, loop, feed, sender);
        open.add(stream);
        stream.start();
        if (closed) {
            stream.end();
        }
    }

    /** How many are open. */
    public int open() {
        return open.size();
    }

    /** Bytes of all of them that wait for their clients. */
    public long waitingBytes() {
        return memory.taken();
    }

    /** Ends the streams of those who may no longer ask for them. Called when keys or accounts are gone. */
    public void recheck() {
        open.forEach(EventStream::recheck);
    }

    /** Ends all streams. Clients connect again and resume where they were. */
    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
        open.forEach(EventStream::end);
    }

    private void beat() {
        open.forEach(EventStream::beat);
        if (!open.isEmpty() && looking.compareAndSet(false, true)) {
            blocking.execute(this::look);
        }
    }

    /** For what no hint told of: rows of another process, keys that another one revoked. */
    private void look() {
        try {
            hints.poll(records);
            recheck();
        } catch (RuntimeException e) {
            log.debug("Streams could not look into the store, they do so again at the next heartbeat", e);
        } finally {
            looking.set(false);
        }
    }

    void ended(EventStream stream, long account) {
        open.remove(stream);
        leave(account);
    }

    StreamLimits limits() {
        return limits;
    }

    LiveHints hints() {
        return hints;
    }

    Executor blocking() {
        return blocking;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Bytes that wait for clients. */
    FairShares memory() {
        return memory;
    }
}
