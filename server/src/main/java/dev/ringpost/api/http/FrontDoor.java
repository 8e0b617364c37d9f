package dev.ringpost.api.http;

import dev.ringpost.api.http.Operation.Blocking;
import dev.ringpost.api.http.Operation.Body;
import dev.ringpost.api.http.Operation.OnEventLoop;
import dev.ringpost.api.http.Operation.Streaming;
import dev.ringpost.api.problem.Failures;
import dev.ringpost.api.problem.Faults;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.api.stream.Feed;
import dev.ringpost.api.stream.Streams;
import dev.ringpost.commit.Journal;
import dev.ringpost.fairness.Acting;
import dev.ringpost.fairness.FairShares;
import dev.ringpost.id.PublicIds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a request from its head to its operation: key, scope, media type, body, then the work, then the answer. */
public final class FrontDoor {
    /** Requests that may wait for the store at once, of an account as many as are left free; each holds body and answer. */
    private static final int MOST_BLOCKING = 512;

    private static final int STREAMING = 200;

    /** Nobody on the way may keep a stream, or hold it back to send more of it at once. */
    private static final Map<String, String> STREAM_HEADERS =
            Map.of("cache-control", "no-store", "x-accel-buffering", "no");

    private static final String IDEMPOTENCY_KEY = "idempotency-key";

    private final KeyRing keys;
    private final PublicIds ids;
    private final Executor blocking;
    private final InstantSource clock;
    private final Commit commit;
    private final Idempotency idempotency;
    private final FairShares places = new FairShares(MOST_BLOCKING);
    private final FairShares bodies;
    private final Streams streams;

    /**
     * @param blocking runs each task on a virtual thread of its own
     * @param bodies bytes of bodies that may be in memory at once
     */
    public FrontDoor(
            KeyRing keys,
            PublicIds ids,
            Executor blocking,
            InstantSource clock,
            Journal journal,
            Idempotency idempotency,
            FairShares bodies,
            Streams streams) {
        this.bodies = bodies;
        this.streams = streams;
        this.keys = keys;
        this.ids = ids;
        this.commit = new Commit.Plain(journal);
        this.idempotency = idempotency;
        this.blocking = blocking;
        this.clock = clock;
    }

    /** Called on the event loop of the request. */
    void admit(RoutingContext routing, Operation operation, RequestListener.OfOperation listener) {
        long came = System.nanoTime();
        listener.came();
        HttpServerRequest http = routing.request();
        Context loop = routing.vertx().getOrCreateContext();
        Future<@Nullable Caller> sender = sender(routing, operation, loop);
        if (operation.handling() instanceof Streaming handler) {
            sender.compose(known -> open(routing, operation, handler, known, loop))
                    .onSuccess(feed -> {
                        listener.answered(STREAMING, System.nanoTime() - came);
                        stream(http, feed, loop);
                    })
                    .onFailure(failure -> {
                        Reply refusal = Reply.of(Failures.problemOf(failure, operation.toString()));
                        send(routing, refusal, listener, came);
                    });
        } else {
            sender.compose(known -> withBody(
                            http,
                            operation,
                            known,
                            body -> answer(http, operation, request(routing, operation, known, body), loop)))
                    .otherwise(failure -> Reply.of(Failures.problemOf(failure, operation.toString())))
                    .onSuccess(reply -> send(routing, reply, listener, came));
        }
    }

    private static void send(RoutingContext routing, Reply reply, RequestListener.OfOperation listener, long came) {
        Answer.send(routing.vertx(), routing.request(), reply);
        listener.answered(reply.status(), System.nanoTime() - came);
    }

    private Future<@Nullable Caller> sender(RoutingContext routing, Operation operation, Context loop) {
        HttpServerRequest http = routing.request();
        if (operation.access() == Access.PUBLIC) {
            return Future.succeededFuture(null);
        }
        CompletableFuture<Caller> caller =
                keys.caller(http.getHeader("authorization"), http.getHeader("ringpost-account"));
        if (!caller.isDone()) {
            // The store is asked first: until then the body must wait, or it would be lost.
            http.pause();
        }
        return Future.fromCompletionStage(caller, loop).map(known -> {
            if (!operation.access().allows(known.scope())) {
                throw outOfScope(known, operation).asException();
            }
            operation.narrowing().check(known, operation, routing.pathParams(), ids);
            return known;
        });
    }

    private static Problem outOfScope(Caller caller, Operation operation) {
        return new Problem(
                ProblemType.SCOPE,
                sort(caller) + caller.scope().name().toLowerCase(Locale.ROOT) + " may not " + operation
                        + "; it takes a key of one of: " + operation.access().names());
    }

    private static String sort(Caller caller) {
        return switch (caller) {
            case Caller.WithKey key -> "A key of scope ";
            case Caller.WithLink link -> "A portal link with access ";
        };
    }

    /** The body counts as memory in use until the work is done. */
    private Future<Reply> withBody(
            HttpServerRequest http,
            Operation operation,
            @Nullable Caller sender,
            Function<byte[], Future<Reply>> work) {
        return switch (operation.body()) {
            case Body.None() -> {
                http.resume();
                yield work.apply(new byte[0]);
            }
            case Body.Json(boolean required, int limit) -> {
                if (required || BodyReader.hasBody(http)) {
                    MediaTypes.requireJson(http);
                }
                BodyReader body = new BodyReader(http, limit, bodies, accountOf(sender));
                yield body.read().compose(work).onComplete(done -> body.release());
            }
        };
    }

    private Request request(RoutingContext routing, Operation operation, @Nullable Caller sender, byte[] body) {
        Faults faults = new Faults();
        Query query = Query.of(routing, faults);
        if (!operation.takesQuery()) {
            query.done();
        }
        if (operation.body() instanceof Body.None && !operation.takesQuery()) {
            faults.check();
        }
        return new Request(
                sender,
                host(routing),
                path(routing),
                routing.pathParams(),
                query,
                body,
                clock.instant(),
                faults,
                commit);
    }

    private static String host(RoutingContext routing) {
        String host = routing.request().getHeader("host");
        return host == null ? "" : host;
    }

    private static String path(RoutingContext routing) {
        String path = routing.request().path();
        return path == null ? "" : path;
    }

    private Future<Reply> answer(HttpServerRequest http, Operation operation, Request request, Context loop) {
        boolean keyed =
                operation.method().equals(HttpMethod.POST) && http.headers().contains(IDEMPOTENCY_KEY);
        return keyed
                ? idempotency.once(
                        operation,
                        request,
                        http.headers().getAll(IDEMPOTENCY_KEY),
                        loop,
                        withCommit -> handle(operation, withCommit, loop))
                : handle(operation, request, loop);
    }

    private Future<Reply> handle(Operation operation, Request request, Context loop) {
        return switch (operation.handling()) {
            case OnEventLoop handler ->
                Future.fromCompletionStage(handler.handle(request), loop).map(Supplier::get);
            case Blocking handler -> onVirtualThread(accountOf(request.sender()), () -> handler.handle(request), loop);
            case Streaming _ -> throw new IllegalStateException(operation + " is no request with one answer");
        };
    }

    /** What is to be streamed; its place is taken. */
    private Future<Feed> open(
            RoutingContext routing, Operation operation, Streaming handler, @Nullable Caller sender, Context loop) {
        HttpServerRequest http = routing.request();
        http.resume();
        Request request = request(routing, operation, sender, new byte[0]);
        long account = accountOf(sender);
        streams.enter(account);
        return Future.succeededFuture(http.getHeader("last-event-id"))
                .compose(id -> onVirtualThread(account, () -> handler.open(request, id), loop))
                .onFailure(refused -> streams.leave(account));
    }

    private void stream(HttpServerRequest http, Feed feed, Context loop) {
        Answer.head(http.response(), STREAMING, "text/event-stream; charset=utf-8", STREAM_HEADERS);
        if (http.method().equals(HttpMethod.HEAD)) {
            streams.leave(feed.account());
            http.response().end();
            return;
        }
        String authorization = http.getHeader("authorization");
        String actingFor = http.getHeader("ringpost-account");
        streams.start(http, loop, feed, () -> keys.knows(authorization, actingFor));
    }

    private <T> Future<T> onVirtualThread(long account, Supplier<T> work, Context loop) {
        if (!places.tryTake(account, 1)) {
            throw Problem.overloaded(
                            "Too many requests of this account wait for the database; send this one again later",
                            Duration.ofSeconds(1))
                    .asException();
        }
        CompletableFuture<T> done = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Acting.as(account, work);
                    } finally {
                        places.giveBack(account, 1);
                    }
                },
                blocking);
        return Future.fromCompletionStage(done, loop);
    }

    private static long accountOf(@Nullable Caller sender) {
        return sender == null ? Acting.NOBODY : sender.account();
    }
}
