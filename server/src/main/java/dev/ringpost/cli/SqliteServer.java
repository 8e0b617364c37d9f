package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.api.ApiParts;
import dev.ringpost.api.ApiServer;
import dev.ringpost.api.ApiSettings;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.counting.CountingListener;
import dev.ringpost.counting.CountsWriter;
import dev.ringpost.dashboard.Dashboard;
import dev.ringpost.dispatch.Dispatcher;
import dev.ringpost.dispatch.IdleCallWebhooks;
import dev.ringpost.dispatch.Replays;
import dev.ringpost.erasure.Erasure;
import dev.ringpost.erasure.Forgetter;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.intake.Intake;
import dev.ringpost.live.LiveHints;
import dev.ringpost.metrics.ServerMetrics;
import dev.ringpost.metrics.Sources;
import dev.ringpost.portal.PortalLinks;
import dev.ringpost.secret.SealedTokens;
import dev.ringpost.sender.CachedResolver;
import dev.ringpost.sender.HttpSender;
import dev.ringpost.sender.SenderSettings;
import dev.ringpost.sender.SystemResolver;
import dev.ringpost.sender.TargetUrl;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.stats.Tallies;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Records;
import dev.ringpost.timer.CallTimers;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that makes up a server on SQLite, put together. */
final class SqliteServer implements RunningServer {
    private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(10);
    private static final int LOOKUPS_OF_KNOWN_NAMES = 16;
    private static final int LOOKUPS_OF_OTHER_NAMES = 48;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final URI url;
    private final Optional<String> firstKey;
    private final Deque<Runnable> closers;

    private SqliteServer(URI url, Optional<String> firstKey, Deque<Runnable> closers) {
        this.url = url;
        this.firstKey = firstKey;
        this.closers = closers;
    }

    /** @throws StartFailure where the port can't be had */
    static SqliteServer start(
            SqliteStore store,
            PublicIds ids,
            SealedTokens tokens,
            ServerMetrics metrics,
            Settings settings,
            Clocks clocks) {
        Deque<Runnable> closers = new ArrayDeque<>();
        closers.push(store::close);
        closers.push(metrics::close);
        try {
            return start(store, ids, tokens, metrics, settings, clocks, closers);
        } catch (RuntimeException e) {
            closers.forEach(Runnable::run);
            throw e;
        }
    }

    private static SqliteServer start(
            SqliteStore store,
            PublicIds ids,
            SealedTokens tokens,
            ServerMetrics metrics,
            Settings settings,
            Clocks clocks,
            Deque<Runnable> closers) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(PROCESSORS)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2));
        closers.push(() -> vertx.close().await());
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        closers.push(blocking::shutdown);
        NumberSource numbers = store.numbers();
        Intake intake = new Intake(
                numbers,
                ids,
                clocks.stamps(),
                clocks.steady(),
                new Intake.Settings(
                        settings.get(Options.ANALYSIS_WAIT),
                        settings.get(Options.CALL_TIMEOUT),
                        settings.get(Options.CALL_ENGINE).isTold()));
        AtomicReference<Consumer<List<Committed>>> engineTakes = new AtomicReference<>(committed -> {});
        LiveHints live = new LiveHints();
        Tallies tallies = CountsWriter.tallies();
        CountingListener counting = new CountingListener(tallies);
        GroupCommit journal = new GroupCommit(
                store.writeSide(),
                folding(intake),
                committed -> engineTakes.get().accept(committed),
                blocking,
                clocks.steady(),
                metrics.commits().and(counting).and(live));
        closers.push(journal::close);
        CountsWriter countsWriter = new CountsWriter(tallies, journal, clocks.steady());
        countsWriter.start();
        closers.push(countsWriter::close);
        Records records = store.records();
        Backlog backlog = store.backlog();
        KeyDesk keys = new KeyDesk(records, journal, numbers, ids, clocks.stamps());
        Optional<String> firstKey = keys.firstKey(settings.find(Options.BOOTSTRAP_KEY));

        SenderSettings senderSettings = senderSettings(settings);
        CachedResolver names = resolver(closers);
        HttpSender sender = new HttpSender(vertx, senderSettings, names, clocks);
        closers.push(() -> sender.close().await());
        List<Context> loops = loops(vertx);
        metrics.watch(vertx, loops);
        long operator = keys.operatorAccount().no();
        OpsWebhook ops = new OpsWebhook(
                new OpsWebhook.Parts(vertx, clocks, numbers, ids, records, journal, names, operator),
                settings,
                closers);
        Dispatcher dispatcher = new Dispatcher(
                new Dispatcher.Parts(
                        vertx,
                        clocks,
                        numbers,
                        ids,
                        journal,
                        backlog,
                        records,
                        ops.senders(sender),
                        ops.notices(),
                        blocking,
                        Version.TEXT,
                        metrics.deliveries().and(counting)),
                loops,
                senderSettings.attemptsAtOnce());
        engineTakes.set(committed -> {
            dispatcher.committed(committed);
            counting.routed(committed);
        });
        dispatcher.start();
        closers.push(() -> dispatcher.stop(LAST_ATTEMPTS));
        Replays replays = new Replays(backlog, dispatcher, clocks.steady());
        replays.start();
        closers.push(replays::close);
        IdleCallWebhooks idle = new IdleCallWebhooks(backlog, journal, dispatcher, clocks.steady());
        idle.start();
        closers.push(idle::close);
        ops.start(dispatcher);
        CallTimers timers = new CallTimers(backlog, journal, clocks.steady());
        timers.start();
        closers.push(timers::close);
        Runnable commandsDue = new CallPlacing(
                        new CallPlacing.Parts(vertx, clocks, ids, records, backlog, journal, names, blocking, operator),
                        closers)
                .start(settings);
        Forgetter forgetter = new Forgetter(journal, clocks.cautious(), settings.get(Options.RETENTION));
        forgetter.start();
        closers.push(forgetter::close);
        ServerReadiness readiness = new ServerReadiness(records, journal, dispatcher::view, blocking, clocks.steady());
        Sources sources = new Sources(
                readiness,
                dispatcher::view,
                backlog::size,
                journal::commandsWaiting,
                sender::openSockets,
                store::databaseBytes,
                store::logBytes,
                settings.get(Options.DATA));
        ApiServer api = new ApiServer(
                new ApiParts(
                        vertx,
                        clocks.stamps(),
                        ids,
                        numbers,
                        records,
                        live,
                        journal,
                        dispatcher,
                        new Erasure(journal, store.writeAheadLog(), dispatcher, forgetter::wake),
                        commandsDue::run,
                        target -> TargetUrl.check(target, senderSettings.targetPolicy())
                                .faults(),
                        readiness,
                        metrics.requests(),
                        metrics.scrape(sources, blocking, clocks.stamps()),
                        new PortalLinks(tokens),
                        pages(vertx, tokens, settings, clocks, closers)),
                new ApiSettings(
                        settings.get(Options.MAX_WEBHOOKS),
                        settings.get(Options.RETENTION),
                        settings.find(Options.CORS_ORIGINS).orElse(Set.of()),
                        PROCESSORS,
                        new ApiSettings.Portal(
                                settings.get(Options.DASHBOARD),
                                settings.find(Options.PUBLIC_URL).orElse(null))));
        metrics.watchStreams(api::openStreams, api::streamBytes);
        int port = listen(api, settings.get(Options.HOST), settings.get(Options.PORT));
        closers.push(api::close);
        closers.push(readiness::stopping);
        return new SqliteServer(url(settings.get(Options.HOST), port), firstKey, closers);
    }

    private static Consumer<Router> pages(
            Vertx vertx, SealedTokens tokens, Settings settings, Clocks clocks, Deque<Runnable> closers) {
        if (!settings.get(Options.DASHBOARD)) {
            return router -> {};
        }
        Dashboard dashboard = new Dashboard(
                vertx,
                tokens,
                clocks.stamps(),
                settings.find(Options.PORTAL_FRAME_ANCESTORS).orElse(Set.of()));
        closers.push(dashboard::close);
        return dashboard::addTo;
    }

    private static CachedResolver resolver(Deque<Runnable> closers) {
        SystemResolver ofKnown = new SystemResolver(LOOKUPS_OF_KNOWN_NAMES);
        SystemResolver ofOthers = new SystemResolver(LOOKUPS_OF_OTHER_NAMES);
        closers.push(ofKnown::close);
        closers.push(ofOthers::close);
        return new CachedResolver(ofKnown, ofOthers);
    }

    /** As many event loops as processors: each carries a part of the deliveries and of the API's connections. */
    private static List<Context> loops(Vertx vertx) {
        List<Context> loops = new CopyOnWriteArrayList<>();
        DeploymentOptions onEach = new DeploymentOptions().setInstances(PROCESSORS);
        vertx.deployVerticle(() -> new Loop(loops), onEach).await();
        return List.copyOf(loops);
    }

    /** What the group commit asks of the intake. */
    static CallFold folding(Intake intake) {
        return (transaction, commands) -> {
            Intake.Result result = intake.process(transaction, commands);
            return new CallFold.Folded(result.answers(), result.committed(), result.events());
        };
    }

    private static SenderSettings senderSettings(Settings settings) {
        SenderSettings standard = SenderSettings.DEFAULT;
        return new SenderSettings(
                settings.get(Options.ALLOW_PRIVATE_TARGETS),
                settings.get(Options.ALLOW_HTTP_TARGETS),
                standard.maxSockets(),
                standard.keepAlive(),
                standard.trustedCertificates());
    }

    private static int listen(ApiServer api, String host, int port) {
        try {
            return api.start(host, port);
        } catch (Exception e) {
            // Vert.x throws what it was told, also what is checked.
            if (ioFault(e) == null) {
                throw e;
            }
            throw new StartFailure(
                    "cannot listen on port " + port + " of " + host + " (" + e.getMessage()
                            + "): stop what runs there, or choose another with --port",
                    e);
        }
    }

    /** A BindException, or what the native transport says instead. */
    private static @Nullable Throwable ioFault(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Where this machine itself reaches the server. */
    private static URI url(String host, int port) {
        String reached = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return URI.create("http://" + (reached.contains(":") ? "[" + reached + "]" : reached) + ":" + port);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Optional<String> firstKey() {
        return firstKey;
    }

    /** In the reverse order of the start: each part may use those that were there before it. */
    @Override
    public synchronized void stop() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    /** Tells its event loop's context. */
    private static final class Loop extends VerticleBase {
        private final List<Context> loops;

        Loop(List<Context> loops) {
            this.loops = loops;
        }

        @Override
        public Future<?> start() {
            loops.add(context);
            return Future.succeededFuture();
        }
    }
}
