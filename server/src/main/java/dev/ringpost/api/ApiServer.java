package dev.ringpost.api;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.api.connection.ConnectionGuard;
import dev.ringpost.api.connection.ConnectionLimits;
import dev.ringpost.api.connection.OpenConnections;
import dev.ringpost.api.http.Cors;
import dev.ringpost.api.http.FrontDoor;
import dev.ringpost.api.http.Idempotency;
import dev.ringpost.api.http.KeyRing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Routing;
import dev.ringpost.api.stream.StreamLimits;
import dev.ringpost.api.stream.Streams;
import dev.ringpost.fairness.FairShares;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The HTTP API on a port. */
public final class ApiServer implements AutoCloseable {
    private static final int LARGEST_HEADERS = 16 << 10;
    private static final int LONGEST_REQUEST_LINE = 8 << 10;

    /** Names the free port that all event loops of this server share. */
    private static final int FREE_PORT = 1;

    private static final int IDLE_SECONDS = 60;
    private static final long UPKEEP_MS = 60_000;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final ApiParts parts;
    private final ApiSettings settings;
    private final ConnectionLimits limits;
    private final OpenConnections connections;
    private final KeyRing keyRing;
    private final Idempotency idempotency;
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Streams streams;
    private long upkeep;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    public ApiServer(ApiParts parts, ApiSettings settings) {
        this(parts, settings, ConnectionLimits.standard(), StreamLimits.standard());
    }

    ApiServer(ApiParts parts, ApiSettings settings, ConnectionLimits limits, StreamLimits streamLimits) {
        this.parts = parts;
        this.settings = settings;
        this.limits = limits;
        this.connections = new OpenConnections(limits.most());
        this.idempotency =
                new Idempotency(parts.records(), parts.journal(), parts.numbers(), parts.clock(), virtualThreads);
        this.keyRing = new KeyRing(parts.records(), parts.ids(), parts.links(), parts.clock(), virtualThreads);
        this.streams = new Streams(parts.vertx(), parts.live(), parts.records(), virtualThreads, streamLimits);
        keyRing.onForget(streams::recheck);
    }

    /**
     * Starts to serve; called once.
     *
     * @param port 0: a free one
     * @return the port that is bound
     * @throws RuntimeException where it can't be bound
     */
    public int start(String host, int port) {
        Handler<HttpServerRequest> router = Routing.router(
                parts.vertx(),
                operations(),
                new FrontDoor(
                        keyRing,
                        parts.ids(),
                        virtualThreads,
                        parts.clock(),
                        parts.journal(),
                        idempotency,
                        new FairShares(limits.bodyMemory()),
                        streams),
                parts.requests(),
                new Cors(settings.corsOrigins()),
                parts.besides());
        SocketAddress address = port == 0
                ? SocketAddress.sharedRandomPort(FREE_PORT, host)
                : SocketAddress.inetSocketAddress(port, host);
        parts.vertx()
                .deployVerticle(
                        () -> new Listener(address, router),
                        new DeploymentOptions().setInstances(settings.eventLoops()))
                .await();
        upkeep = parts.vertx().setPeriodic(UPKEEP_MS, tick -> idempotency.forgetOutOfDate());
        return servers.getFirst().actualPort();
    }

    /** How connections are served; the guard of {@link ConnectionGuard} comes on top. */
    public static HttpServerOptions httpOptions() {
        return new HttpServerOptions()
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                // There are no WebSockets, and their handler would look at all that comes.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setAcceptBacklog(1024);
    }

    /** The hot path comes first: the router looks from the front. */
    List<Operation> operations() {
        KeyDesk desk = new KeyDesk(parts.records(), parts.journal(), parts.numbers(), parts.ids(), parts.clock());
        return Stream.of(
                        new ReportRoutes(parts, keyRing).operations(),
                        new CallRoutes(parts).operations(),
                        new EventRoutes(parts).operations(),
                        new StreamRoutes(parts, settings.retention()).operations(),
                        new WebhookRoutes(parts, settings).operations(),
                        new DeliveryRoutes(parts).operations(),
                        new ReplayRoutes(parts).operations(),
                        new StatsRoutes(parts).operations(),
                        new SigningSecretRoutes(parts).operations(),
                        new AccountRoutes(parts, desk, keyRing).operations(),
                        new KeyRoutes(parts, desk, keyRing).operations(),
                        new PortalLinkRoutes(parts, settings.portal()).operations(),
                        new ServiceRoutes(parts).operations())
                .flatMap(List::stream)
                .toList();
    }

    /** How many streams are open. */
    public int openStreams() {
        return streams.open();
    }

    /** Bytes that wait for the clients of streams. */
    public long streamBytes() {
        return streams.waitingBytes();
    }

    /** Ends streams, stops to accept, lets requests in flight end (up to 10 s), then closes their connections. */
    @Override
    public void close() {
        parts.vertx().cancelTimer(upkeep);
        streams.close();
        Future.join(servers.stream()
                        .map(server -> server.shutdown(LAST_ANSWERS))
                        .toList())
                .await();
        virtualThreads.shutdown();
    }

    /** One event loop that takes connections. */
    private final class Listener extends VerticleBase {
        private final SocketAddress address;
        private final Handler<HttpServerRequest> router;

        Listener(SocketAddress address, Handler<HttpServerRequest> router) {
            this.address = address;
            this.router = router;
        }

        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(httpOptions())
                    .connectionHandler(opened -> ConnectionGuard.watch(opened, connections, limits))
                    // What goes wrong on a connection is its client's matter, and may quote what the client sent.
                    .exceptionHandler(failure -> {})
                    .requestHandler(router);
            servers.add(server);
            return server.listen(address);
        }
    }
}
