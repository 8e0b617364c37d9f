package dev.ringpost.api;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.api.connection.ConnectionLimits;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.RequestListener;
import dev.ringpost.api.stream.StreamLimits;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.dashboard.Dashboard;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import dev.ringpost.erasure.Erasure;
import dev.ringpost.erasure.Forgetter;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.intake.Intake;
import dev.ringpost.live.LiveHints;
import dev.ringpost.portal.PortalLinks;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.ApiKey.Scope;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server on a free port with the real store and the real intake behind it. The engine that would deliver is a notebook:
 * tests read what it was told, and say themselves what became of a delivery.
 */
final class ApiRig implements AfterAllCallback {
    static final String OWN_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    final int port;
    final NotedDispatch dispatch;
    final AtomicInteger engineHints = new AtomicInteger();
    final PublicIds ids;
    final NumberSource numbers;

    private final List<Committed> committed = new CopyOnWriteArrayList<>();
    private final InstantSource clock = () -> Instant.now().plus(ahead());
    private volatile Duration ahead = Duration.ZERO;
    final Path folder;
    private final SqliteStore store;
    private final GroupCommit journal;
    private final Forgetter forgetter;
    private final Vertx vertx = Vertx.vertx();
    private final Optional<Dashboard> pages;
    private final LiveHints live = new LiveHints();
    private final ApiServer server;
    private final ApiClient operator;

    volatile Optional<String> whyNotReady = Optional.empty();

    ApiRig() {
        this(ApiSettings.defaults());
    }

    ApiRig(ApiSettings settings) {
        this(settings, ConnectionLimits.standard(), StreamLimits.standard());
    }

    ApiRig(ApiSettings settings, ConnectionLimits limits) {
        this(settings, limits, StreamLimits.standard(), Optional.empty());
    }

    ApiRig(ApiSettings settings, ConnectionLimits limits, StreamLimits streamLimits) {
        this(settings, limits, streamLimits, Optional.empty());
    }

    /** A server that has the pages, too. */
    static ApiRig withPages(Set<String> portalFramedBy) {
        return new ApiRig(
                ApiSettings.defaults(),
                ConnectionLimits.standard(),
                StreamLimits.standard(),
                Optional.of(portalFramedBy));
    }

    private ApiRig(
            ApiSettings settings,
            ConnectionLimits limits,
            StreamLimits streamLimits,
            Optional<Set<String>> portalFramedBy) {
        folder = newFolder();
        MasterKey masterKey = new MasterKey(new byte[32]);
        ids = masterKey.publicIds();
        store = SqliteStore.open(folder, masterKey, clock);
        numbers = store.numbers();
        Intake intake =
                new Intake(numbers, ids, clock, new Intake.Settings(Duration.ofSeconds(10), Duration.ofHours(6), true));
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> {
                    Intake.Result result = intake.process(transaction, commands);
                    return new CallFold.Folded(result.answers(), result.committed(), result.events());
                },
                committed::addAll,
                ForkJoinPool.commonPool(),
                clock,
                live);
        forgetter = new Forgetter(journal, clock, Duration.ofDays(30));
        forgetter.start();
        dispatch = new NotedDispatch(ids, numbers, journal);
        pages = portalFramedBy.map(origins -> new Dashboard(vertx, masterKey.sealedTokens(), clock, origins));
        server = new ApiServer(
                new ApiParts(
                        vertx,
                        clock,
                        ids,
                        numbers,
                        store.records(),
                        live,
                        journal,
                        dispatch,
                        new Erasure(journal, store.writeAheadLog(), dispatch, forgetter::wake),
                        engineHints::incrementAndGet,
                        url -> url.startsWith("https://") ? List.of() : List.of("must start with https://"),
                        () -> whyNotReady,
                        RequestListener.NONE,
                        () -> "",
                        new PortalLinks(masterKey.sealedTokens()),
                        router -> pages.ifPresent(dashboard -> dashboard.addTo(router))),
                settings,
                limits,
                streamLimits);
        port = server.start("127.0.0.1", 0);
        KeyDesk desk = new KeyDesk(store.records(), journal, numbers, ids, clock);
        String key = desk.firstKey(Optional.empty()).orElseThrow();
        operator = new ApiClient(port, key, desk.operatorAccount().no());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    void close() throws IOException {
        server.close();
        pages.ifPresent(Dashboard::close);
        vertx.close().await();
        forgetter.close();
        journal.close();
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static ApiSettings withCors(Set<String> origins) {
        ApiSettings standard = ApiSettings.defaults();
        return new ApiSettings(
                standard.maxWebhooks(), standard.retention(), origins, standard.eventLoops(), standard.portal());
    }

    /** Nothing is committed until what is returned is run. Returns once the writer stands still. */
    Runnable holdWriter() {
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<Boolean> held = journal.change(transaction -> {
            stands.countDown();
            return await(goesOn);
        });
        await(stands);
        return () -> {
            goesOn.countDown();
            held.join();
        };
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the server does. */
    List<Operation> operations() {
        return server.operations();
    }

    int openStreams() {
        return server.openStreams();
    }

    /** Bytes that wait for the clients of streams. */
    long streamBytes() {
        return server.streamBytes();
    }

    /** Moves the server's clock on. */
    void later(Duration time) {
        ahead = ahead.plus(time);
    }

    private Duration ahead() {
        return ahead;
    }

    /** The operator, with the first key. */
    ApiClient operator() {
        return operator;
    }

    /** A new account's client, with a key of the scope. */
    ApiClient newAccount(Scope scope) {
        return client(newAccountNumber(), scope, Set.of());
    }

    long newAccountNumber() {
        Account account =
                new Account(numbers.next(), "test", List.of(new SigningSecret(OWN_SECRET, null)), clock.instant());
        journal.change(transaction -> {
                    transaction.insertAccount(account);
                    return account;
                })
                .join();
        return account.no();
    }

    ApiClient client(long account, Scope scope, Set<String> agentIds) {
        long no = numbers.next();
        String text = "rp_sk_" + ids.format(IdKind.KEY, no);
        ApiKey key = new ApiKey(no, account, sha256(text), scope, null, agentIds, clock.instant());
        journal.change(transaction -> {
                    transaction.insertKey(key);
                    return key;
                })
                .join();
        return new ApiClient(port, text, account);
    }

    /** A client that sends the token of a portal link which somebody makes. */
    ApiClient portalLink(ApiClient maker, String body) {
        return new ApiClient(
                port, maker.post("/v1/portal-links", body).expect(201).text("/token"), maker.account());
    }

    /** A webhook as it is stored, secrets included. */
    Webhook webhook(String id) {
        return store.backlog()
                .webhook(ids.parse(IdKind.WEBHOOK, id).orElseThrow())
                .orElseThrow();
    }

    /** The deliveries of an account that were made so far, in order. */
    List<Delivery> deliveries(long account) {
        return committed.stream()
                .filter(made -> !made.supersedesPartials())
                .map(Committed::delivery)
                .filter(delivery -> delivery.account() == account)
                .toList();
    }

    /** When the call engine is to be told so; empty where it is not. */
    Optional<Instant> commandDue(CallTimer.Kind kind, String callId) {
        long no = ids.parse(IdKind.CALL, callId).orElseThrow();
        return store.backlog().dueTimers(kind, clock.instant().plus(Duration.ofDays(4000)), 10_000).stream()
                .filter(timer -> timer.call() == no)
                .map(CallTimer::due)
                .findFirst();
    }

    /** What the server's clock says. */
    Instant now() {
        return clock.instant();
    }

    /** Changes the store as the engine would. */
    void write(Consumer<Transaction> change) {
        journal.change(transaction -> {
                    change.accept(transaction);
                    return true;
                })
                .join();
    }

    /** Says that a delivery succeeded at its first attempt. */
    void succeed(Delivery delivery, String responseBody) {
        AttemptResult result = result(AttemptResult.Verdict.SUCCEEDED, 200, responseBody, null);
        journal.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, result)))
                .join();
    }

    /** Says that a delivery failed at its first attempt and is tried again in a minute. */
    void fail(Delivery delivery) {
        long dueAt = clock.millis() + 60_000;
        AttemptResult result = result(AttemptResult.Verdict.FAILED, 500, "oops", "the receiver answered 500");
        journal.apply(List.of(new LaneWrite.Retry(delivery, Rank.TRIED, 1, 1, dueAt, clock.millis(), result)))
                .join();
    }

    static AttemptResult result(
            AttemptResult.Verdict verdict, int status, String body, @org.jspecify.annotations.Nullable String error) {
        return new AttemptResult(
                verdict,
                "https://hooks.example/a",
                status,
                body.getBytes(StandardCharsets.ISO_8859_1),
                Map.of("content-type", List.of("text/plain")),
                error,
                Duration.ofMillis(12),
                null);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("ringpost-api");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
