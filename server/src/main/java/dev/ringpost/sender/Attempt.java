package dev.ringpost.sender;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.AttemptResult.Verdict;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt from the lookup to the answer, all of it on one event loop. One timer bounds the whole: it is set at the start
 * and nothing that a receiver does moves it.
 */
final class Attempt implements Handler<Long>, Connections.Opener, Exchange.End {
    private enum Phase {
        RESOLVING,
        QUEUEING,
        CONNECTING,
        EXCHANGING,
        DONE
    }

    private final HttpSender.Tools tools;
    private final Context context;
    private final WebhookRequest request;
    private final TargetUrl target;
    private final Promise<AttemptResult> promise = Promise.promise();
    private final long started;
    private final long timer;

    private Phase phase = Phase.RESOLVING;
    private Reach reach = Reach.UNTRIED;
    private List<InetAddress> addresses = List.of();
    private int address;
    private @Nullable Connection connection;
    private @Nullable Exchange exchange;

    Attempt(HttpSender.Tools tools, Context context, WebhookRequest request, TargetUrl target) {
        this.tools = tools;
        this.context = context;
        this.request = request;
        this.target = target;
        this.started = tools.clocks().steady().millis();
        this.timer = tools.vertx().setTimer(Math.max(1, request.timeout().toMillis()), this);
    }

    Future<AttemptResult> start() {
        if (target.literal() != null) {
            send(List.of(target.literal()));
            return promise.future();
        }
        CompletableFuture<Resolver.Answer> answer = tools.resolver().resolve(request.account(), target.host());
        if (answer.isDone()) {
            resolved(answer.join());
        } else {
            var ignored = answer.thenAccept(found -> context.runOnContext(now -> resolved(found)));
        }
        return promise.future();
    }

    private void resolved(Resolver.Answer answer) {
        if (phase == Phase.DONE) {
            return;
        }
        switch (answer) {
            case Resolver.Answer.Found found -> send(found.addresses());
            case Resolver.Answer.NotFound notFound -> {
                reach = Reach.UNREACHABLE;
                fail(Verdict.FAILED, "DNS: " + notFound.reason());
            }
        }
    }

    private void send(List<InetAddress> found) {
        // One forbidden address forbids the name: else it would be a matter of luck which one is used.
        for (InetAddress candidate : found) {
            String refusal = tools.policy().refusal(candidate);
            if (refusal != null) {
                fail(Verdict.FAILED, "Target refused: " + refusal);
                return;
            }
        }
        addresses = found;
        for (InetAddress candidate : found) {
            Connection kept = tools.connections().takeIdle(Route.of(target, candidate));
            if (kept != null) {
                // A network that went away leaves the connection as it is.
                reach = Reach.UNREACHABLE;
                exchange(kept, true);
                return;
            }
        }
        open();
    }

    private void open() {
        phase = Phase.QUEUEING;
        reach = Reach.UNTRIED;
        tools.connections().reserve(this);
    }

    @Override
    public void mayOpenLater() {
        context.runOnContext(now -> mayOpen());
    }

    @Override
    public void mayOpen() {
        if (phase == Phase.DONE) {
            tools.connections().release();
            return;
        }
        phase = Phase.CONNECTING;
        reach = Reach.UNREACHABLE;
        Route route = route();
        Duration left = request.timeout().minus(duration());
        tools.connector().connect(route, left).onComplete(connected -> connected(route, connected));
    }

    private void connected(Route route, AsyncResult<HttpClientConnection> connected) {
        if (connected.succeeded()) {
            Connection opened = tools.connections().opened(connected.result(), route);
            if (phase == Phase.DONE) {
                opened.close();
            } else {
                reach = Reach.REACHED;
                exchange(opened, false);
            }
            return;
        }
        tools.connections().release();
        if (phase == Phase.DONE) {
            return;
        }
        Throwable error = connected.cause();
        reach = Failure.isHeard(error) ? Reach.REACHED : Reach.UNREACHABLE;
        if (Failure.maySucceedElsewhere(error) && address + 1 < addresses.size()) {
            address++;
            open();
        } else {
            fail(Failure.isTimeout(error) ? Verdict.OVERLOADED : Verdict.FAILED, Failure.connecting(error, route));
        }
    }

    private void exchange(Connection taken, boolean reused) {
        phase = Phase.EXCHANGING;
        connection = taken;
        exchange = new Exchange(taken, reused, this);
        exchange.start(target.pathAndQuery(), request);
    }

    @Override
    public void answered(HttpClientResponse response, byte[] body, boolean whole) {
        phase = Phase.DONE;
        if (whole && connection != null) {
            if (KeepAlive.allows(response)) {
                tools.connections().keep(connection, KeepAlive.timeout(response));
            } else {
                connection.close();
            }
        }
        finish(Outcome.answered(
                request.url(), response, body, duration(), tools.clocks().wall().instant()));
    }

    @Override
    public void lost(Throwable error, boolean mayRepeat) {
        if (mayRepeat) {
            open();
        } else {
            // Something of an answer came, or the connection was a new one.
            reach = Reach.REACHED;
            fail(Verdict.FAILED, Failure.exchanging(error));
        }
    }

    @Override
    public void unsendable() {
        reach = Reach.UNTRIED;
        fail(Verdict.FAILED, "Request not sent: one of its headers has characters that HTTP does not allow");
    }

    /** The deadline. */
    @Override
    public void handle(Long id) {
        switch (phase) {
            case DONE -> {}
            case RESOLVING -> {
                reach = Reach.UNREACHABLE;
                timeOut("looking up " + target.host() + " in DNS");
            }
            case QUEUEING -> timeOut("waiting for a free socket of the sender");
            case CONNECTING ->
                timeOut("connecting to " + route().where() + (target.tls() ? " (TCP and TLS handshake)" : ""));
            case EXCHANGING -> {
                if (exchange == null || !exchange.cut()) {
                    timeOut("waiting for the response");
                }
            }
        }
    }

    private void timeOut(String doing) {
        if (exchange != null) {
            exchange.stop();
        }
        fail(Verdict.OVERLOADED, "Timeout after " + request.timeout().toMillis() + " ms while " + doing);
    }

    private void fail(Verdict verdict, String error) {
        phase = Phase.DONE;
        finish(Outcome.unanswered(request.url(), verdict, reach, error, duration()));
    }

    private void finish(AttemptResult result) {
        tools.vertx().cancelTimer(timer);
        promise.complete(result);
    }

    private Duration duration() {
        return Duration.ofMillis(Math.max(0, tools.clocks().steady().millis() - started));
    }

    private Route route() {
        return Route.of(target, addresses.get(address));
    }
}
