package dev.ringpost.sender;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.ringpost.clock.Clocks;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.AttemptResult.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Sends over HTTP/1.1. At each attempt the host is looked up, all its addresses are vetted, and the connection goes to one
 * of just those addresses. A connection is kept after a complete small answer and used again.
 */
public final class HttpSender implements Sender {
    private static final long SWEEP_MILLIS = 1000;
    private static final int MAX_URLS = 10_000;

    private final Vertx vertx;
    private final Tools tools;
    private final Connector connector;
    private final long sweep;

    /** What every attempt needs. */
    record Tools(
            Vertx vertx,
            Connector connector,
            Connections connections,
            Resolver resolver,
            TargetPolicy policy,
            LoadingCache<String, TargetUrl.Checked> targets,
            Clocks clocks) {}

    /**
     * With a resolver of its own; {@link SystemResolver} in a {@link CachedResolver} is the usual one.
     *
     * @throws IllegalArgumentException if the settings name certificates that cannot be used
     */
    public HttpSender(Vertx vertx, SenderSettings settings, Resolver resolver, Clocks clocks) {
        this.vertx = vertx;
        this.connector = new Connector(vertx, Trust.of(settings.trustedCertificates()));
        Connections connections = new Connections(settings.maxSockets(), settings.keepAlive(), clocks.steady());
        TargetPolicy policy = settings.targetPolicy();
        this.tools = new Tools(
                vertx,
                connector,
                connections,
                resolver,
                policy,
                Caffeine.newBuilder()
                        .maximumSize(MAX_URLS)
                        .executor(Runnable::run)
                        .build(url -> TargetUrl.check(url, policy)),
                clocks);
        this.sweep = vertx.setPeriodic(SWEEP_MILLIS, timer -> connections.closeExpired());
    }

    @Override
    public Future<AttemptResult> send(WebhookRequest request) {
        if (!Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Attempts start on an event loop; use Context.runOnContext");
        }
        TargetUrl.Checked checked = tools.targets().get(request.url());
        TargetUrl target = checked.target();
        if (target == null) {
            String error = "Target refused: " + checked.faults().getFirst();
            return Future.succeededFuture(
                    Outcome.unanswered(request.url(), Verdict.FAILED, Reach.UNTRIED, error, Duration.ZERO));
        }
        return new Attempt(tools, vertx.getOrCreateContext(), request, target).start();
    }

    /** Closes all connections; attempts in flight fail. */
    public Future<Void> close() {
        vertx.cancelTimer(sweep);
        return connector.close();
    }

    /** How many sockets there are: busy, kept and on their way. */
    public int openSockets() {
        return tools.connections().open();
    }

    /** How many of them are kept for a next request. */
    public int idleSockets() {
        return tools.connections().idle();
    }
}
