package dev.ringpost.api.stream;

import dev.ringpost.fairness.Acting;
import dev.ringpost.live.LiveHints;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream: a cursor over a list in the store. It reads a portion when it was woken, and only while the client takes
 * what was sent before: however slow a client is, no more of it is in memory than one portion beyond the socket's queue.
 * A client that takes nothing for a minute is closed like any silent connection, and resumes.
 *
 * <p>All on the event loop of its connection, but for {@link #wake}, {@link #beat}, {@link #recheck} and {@link #end}.
 */
final class EventStream {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private static final int QUEUE_BYTES = 64 << 10;
    private static final long CROWDED_MS = 100;
    private static final long FAULT_MS = 1000;
    private static final long LAST_BYTES_MS = 500;

    private final Streams streams;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context loop;
    private final Feed feed;
    private final Sender sender;

    /** There may be something to read. */
    private final AtomicBoolean news = new AtomicBoolean(true);

    private LiveHints.Watch watch = () -> {};
    private long position;
    private boolean reading;
    private boolean resting;
    private boolean ended;

    EventStream(Streams streams, HttpServerRequest request, Context loop, Feed feed, Sender sender) {
        this.streams = streams;
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.feed = feed;
        this.sender = sender;
        this.position = feed.start();
    }

    void start() {
        response.closeHandler(closed -> gone());
        // What breaks off is the client's matter; the close handler follows.
        response.exceptionHandler(failure -> {});
        if (response.closed()) {
            gone();
            return;
        }
        watch = streams.hints().watch(feed.account(), feed.list(), this::wake);
        response.setChunked(true).setWriteQueueMaxSize(QUEUE_BYTES).drainHandler(drained -> advance());
        Buffer first =
                Buffer.buffer(new Messages().retry(Messages.RETRY).bytes()).appendBytes(feed.opening());
        var _ = response.write(first);
        advance();
    }

    /** Something may be there. From any thread. */
    private void wake() {
        if (!news.getAndSet(true)) {
            loop.runOnContext(woken -> advance());
        }
    }

    /** Says that it lives. */
    void beat() {
        loop.runOnContext(now -> {
            if (!ended && !response.writeQueueFull()) {
                var _ = response.write(Buffer.buffer(Messages.heartbeat()));
            }
        });
    }

    /** Ends where its sender may no longer have it. */
    void recheck() {
        sender.mayStay().whenComplete((may, unknown) -> {
            if (unknown == null && !may) {
                end();
            }
        });
    }

    /** Ends it, with what the client takes at once. */
    void end() {
        loop.runOnContext(now -> {
            if (!ended) {
                gone();
                long late = streams.vertx()
                        .setTimer(LAST_BYTES_MS, tick -> request.connection().close());
                response.end().onComplete(sent -> {
                    streams.vertx().cancelTimer(late);
                    request.connection().close();
                });
            }
        });
    }

    private void gone() {
        if (!ended) {
            ended = true;
            watch.close();
            streams.ended(this, feed.account());
        }
    }

    private void advance() {
        if (ended || reading || resting || response.writeQueueFull() || !news.getAndSet(false)) {
            return;
        }
        reading = true;
        long after = position;
        CompletableFuture<Feed.Portion> portion = CompletableFuture.supplyAsync(
                () -> Acting.as(feed.account(), () -> feed.reader().after(after)), streams.blocking());
        Future.fromCompletionStage(portion, loop).onComplete(read -> {
            reading = false;
            if (ended) {
                return;
            }
            if (read.succeeded()) {
                take(read.result());
            } else {
                log.debug("A stream could not read on, it tries again", read.cause());
                again(FAULT_MS);
            }
            advance();
        });
    }

    private void take(Feed.Portion portion) {
        int size = portion.bytes().length;
        if (size > 0 && !streams.memory().tryTake(feed.account(), size)) {
            // Others' clients must take something first; until then it is kept by nobody.
            again(CROWDED_MS);
            return;
        }
        if (size > 0) {
            var _ = response.write(Buffer.buffer(portion.bytes()))
                    .onComplete(sent -> streams.memory().giveBack(feed.account(), size));
        }
        position = portion.end();
        if (portion.hasMore()) {
            news.set(true);
        } else {
            rest(streams.limits().pace().toMillis());
        }
    }

    private void again(long afterMillis) {
        news.set(true);
        rest(afterMillis);
    }

    private void rest(long millis) {
        resting = true;
        streams.vertx().setTimer(millis, rested -> {
            resting = false;
            advance();
        });
    }
}
