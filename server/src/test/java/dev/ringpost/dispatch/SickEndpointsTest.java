package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Report;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Committed;
import dev.ringpost.intake.Intake;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sender.HttpSender;
import dev.ringpost.sender.SenderSettings;
import dev.ringpost.sender.SystemResolver;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.Given;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More endpoints hang than there are slots, on real sockets and the real store: the others get their events. */
@SuppressWarnings("NullAway.Init") // set at the begin of each test
class SickEndpointsTest {
    private static final int ATTEMPTS_AT_ONCE = 64;
    private static final int HANGING = 200;
    private static final int EVENTS = 50;

    /** A payload has about 400 bytes. */
    private static final int PAYLOAD = 500;

    private static final long CROWDED = 1;
    private static final long OTHER = 2;

    /** Longer than the test waits for the healthy. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Clocks clocks = Clocks.system();
    private final InstantSource clock = clocks.wall();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Runnable> closers = new ArrayList<>();
    private HttpServer receivers;
    private SqliteStore store;
    private GroupCommit journal;
    private int calls;

    private void start(long bytesOnTheirWay) throws IOException {
        receivers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receivers.setExecutor(threads);
        receivers.createContext("/hang", this::hang);
        receivers.createContext("/well", this::answer);
        receivers.start();
        MasterKey key = new MasterKey(new byte[32]);
        PublicIds ids = key.publicIds();
        store = SqliteStore.open(folder, key, clock);
        Intake intake =
                new Intake(store.numbers(), ids, clock, new Intake.Settings(Duration.ZERO, Duration.ofHours(1), false));
        AtomicReference<Consumer<List<Committed>>> engine = new AtomicReference<>(made -> {});
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> {
                    Intake.Result result = intake.process(transaction, commands);
                    return new CallFold.Folded(result.answers(), result.committed(), result.events());
                },
                made -> engine.get().accept(made),
                ForkJoinPool.commonPool(),
                clock);
        Vertx vertx = Vertx.vertx();
        SystemResolver names = new SystemResolver(2);
        SenderSettings settings = new SenderSettings(true, true, 2 * ATTEMPTS_AT_ONCE, Duration.ofSeconds(30), null);
        HttpSender sender = new HttpSender(vertx, settings, names, clocks);
        Dispatcher dispatcher = new Dispatcher(
                new Dispatcher.Parts(
                        vertx,
                        clocks,
                        store.numbers(),
                        ids,
                        journal,
                        store.backlog(),
                        store.records(),
                        new Senders(sender, sender),
                        Notices.NONE,
                        threads,
                        "test",
                        DeliveryListener.NONE),
                List.of(vertx.getOrCreateContext()),
                ATTEMPTS_AT_ONCE,
                new PayloadCache(1 << 20, bytesOnTheirWay));
        engine.set(dispatcher::committed);
        dispatcher.start();
        closers.addAll(List.of(
                () -> dispatcher.stop(Duration.ofSeconds(5)),
                () -> sender.close().await(),
                names::close,
                () -> vertx.close().await(),
                journal::close,
                store::close));
    }

    @AfterEach
    void stop() {
        over.countDown();
        closers.forEach(Runnable::run);
        receivers.stop(0);
        threads.shutdownNow();
    }

    @Test
    void endpointsThatHangStopNeitherTheirAccountsHealthyOneNorANewOneOfAnother() throws IOException {
        start(4 * ATTEMPTS_AT_ONCE * PAYLOAD);
        for (int i = 0; i < HANGING; i++) {
            subscribe(CROWDED, "hanging", "/hang/" + i);
        }
        subscribe(CROWDED, "well", "/well/a");
        subscribe(OTHER, "new", "/well/b");
        fire(CROWDED, "well");
        await().atMost(PATIENCE).until(() -> arrived.get() == 1);

        for (int i = 0; i < 5; i++) {
            fire(CROWDED, "hanging");
        }
        await().atMost(PATIENCE).until(() -> hanging.get() >= ATTEMPTS_AT_ONCE / 10);
        for (int i = 0; i < EVENTS; i++) {
            fire(CROWDED, "well");
        }
        fire(OTHER, "new");

        await().atMost(PATIENCE).until(() -> arrived.get() == EVENTS + 2);
        assertThat(hanging.get()).isLessThan(ATTEMPTS_AT_ONCE / 2);
    }

    @Test
    void payloadsThatFindNoRoomInMemoryGoAsSoonAsTheyDo() throws IOException {
        start(2 * PAYLOAD);
        for (int i = 0; i < 4; i++) {
            subscribe(CROWDED, "well", "/well/" + i);
        }
        for (int i = 0; i < EVENTS; i++) {
            fire(CROWDED, "well");
        }
        await().atMost(PATIENCE).until(() -> arrived.get() == 4 * EVENTS);
    }

    private void fire(long account, String agent) {
        String externalId = "c" + calls++;
        CallSpec spec = Given.spec(externalId, agent);
        CallCommand report = new CallCommand.Apply(
                account,
                new CallCommand.CallRef.ByExternalId(externalId, spec),
                new Report.Connected(clock.instant()),
                null);
        assertThat(journal.submit(List.of(report)).join()).hasSize(1);
    }

    private void subscribe(long account, String agent, String path) {
        WebhookOptions options = new WebhookOptions(
                Set.of(agent),
                Set.of(),
                DEADLINE,
                List.of(Duration.ofMinutes(5)),
                Ordering.CALL,
                32,
                null,
                null,
                WebhookOptions.DEFAULT.headers());
        Webhook webhook = new Webhook(
                store.numbers().next(),
                account,
                WebhookKind.ACCOUNT,
                "w",
                "http://127.0.0.1:" + receivers.getAddress().getPort() + path,
                Set.of(EventType.CALL_STARTED),
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null)),
                Instant.EPOCH,
                Instant.EPOCH);
        journal.change(tx -> {
                    tx.insertWebhook(webhook);
                    return webhook;
                })
                .join();
    }

    private void hang(HttpExchange exchange) throws IOException {
        try (exchange) {
            hanging.incrementAndGet();
            over.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
        }
    }
}
