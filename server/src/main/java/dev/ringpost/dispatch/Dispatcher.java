package dev.ringpost.dispatch;

import dev.ringpost.call.EventType;
import dev.ringpost.call.Payloads;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.EngineView;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneView;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Notice;
import dev.ringpost.delivery.NoticePayloads;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Records;
import dev.ringpost.store.TestAttempt;
import dev.ringpost.webhook.Webhook;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The delivery engine of this process: one shard an event loop, endpoints spread over them by number. */
public final class Dispatcher implements Dispatch, Lanes {
    private static final int FRESH_PAGE = 1000;
    private static final long HEAP_FOR_A_LANE = 16 << 10;

    private final Parts parts;
    private final Requests requests;
    private final Payloads samples;
    private final NoticePayloads noticeSamples;
    private final PayloadCache payloads;
    private final List<Shard> shards = new ArrayList<>();
    private final Sweeps sweeps;

    /**
     * What it works with.
     *
     * @param senders send what the engine says
     * @param notices hears what the operator wants to know
     * @param blocking runs what blocks
     * @param version for the header {@code user-agent}
     * @param listener told of attempts, beside the log
     */
    public record Parts(
            Vertx vertx,
            Clocks clocks,
            NumberSource numbers,
            PublicIds ids,
            Journal journal,
            Backlog backlog,
            Records records,
            Senders senders,
            Notices notices,
            Executor blocking,
            String version,
            DeliveryListener listener) {}

    /**
     * @param loops the event loops that carry it, each its own
     * @param attemptsAtOnce in flight on all of them together, at most
     */
    public Dispatcher(Parts parts, List<Context> loops, int attemptsAtOnce) {
        this(parts, loops, attemptsAtOnce, new PayloadCache());
    }

    Dispatcher(Parts parts, List<Context> loops, int attemptsAtOnce, PayloadCache payloads) {
        this.payloads = payloads;
        this.parts = parts;
        this.requests =
                new Requests(parts.ids(), parts.version(), parts.clocks().wall());
        this.samples = new Payloads(parts.ids());
        this.noticeSamples = new NoticePayloads(parts.ids());
        DeliveryListener listener = new AttemptLog(parts.ids()).and(parts.listener());
        for (Context loop : loops) {
            shards.add(new Shard(
                    parts, loop, settings(attemptsAtOnce, loops.size()), requests, payloads, listener, this::disable));
        }
        this.sweeps = new Sweeps(parts, this::shard);
    }

    /** A lane has some 1.2 KiB: those with nothing to do have less than a tenth of the heap. */
    private static EngineSettings settings(int attemptsAtOnce, int engines) {
        EngineSettings standard = EngineSettings.DEFAULT;
        return new EngineSettings(
                Math.min(standard.slots(), attemptsAtOnce / engines),
                standard.maxUnrecorded(),
                standard.bursts() / engines,
                (int) (Runtime.getRuntime().maxMemory() / HEAP_FOR_A_LANE / engines));
    }

    /** Takes up what waits in the store. Blocks; to be called once, before anything new is accepted. */
    public void start() {
        for (LaneState lane : parts.backlog().waitingLanes()) {
            shard(lane.endpoint()).tell(engine -> engine.restore(lane));
        }
        Map<Long, Optional<Webhook>> webhooks = new HashMap<>();
        long event = 0;
        long endpoint = 0;
        List<Delivery> page;
        do {
            page = parts.backlog().fresh(event, endpoint, FRESH_PAGE);
            List<LaneWrite> ownerless = new ArrayList<>();
            for (Delivery delivery : page) {
                event = delivery.event();
                endpoint = delivery.endpoint();
                webhooks.computeIfAbsent(endpoint, parts.backlog()::webhook)
                        .ifPresentOrElse(
                                webhook -> arrived(delivery, webhook), () -> ownerless.add(cancelled(delivery)));
            }
            if (!ownerless.isEmpty()) {
                parts.journal().apply(ownerless).join();
            }
        } while (page.size() == FRESH_PAGE);
        parts.backlog().sweeps().forEach(sweeps::begin);
    }

    private void arrived(Delivery delivery, Webhook webhook) {
        Shard shard = shard(delivery.endpoint());
        shard.tell(engine -> engine.arrived(delivery, webhook, shard.now()));
    }

    private static LaneWrite cancelled(Delivery delivery) {
        return new LaneWrite.Finish(delivery, 0, DeliveryEnd.CANCELLED, null);
    }

    /** What a batch made, after its commit; in the order of commits. Only hands it over. */
    public void committed(List<Committed> batch) {
        for (Committed made : batch) {
            if (!made.supersedesPartials()) {
                payloads.put(made.delivery(), made.payload());
            }
        }
        for (Shard shard : shards) {
            List<Committed> own = shards.size() == 1
                    ? batch
                    : batch.stream()
                            .filter(made -> shard(made.delivery().endpoint()) == shard)
                            .toList();
            if (!own.isEmpty()) {
                shard.tell(engine -> {
                    long now = shard.now();
                    for (Committed made : own) {
                        Delivery delivery = made.delivery();
                        if (made.supersedesPartials()) {
                            engine.overtook(delivery.endpoint(), delivery.call(), delivery.event());
                        } else {
                            engine.arrived(delivery, made.webhook(), now);
                        }
                    }
                });
            }
        }
    }

    @Override
    public void webhookChanged(Webhook webhook) {
        Shard shard = shard(webhook.no());
        shard.tell(engine -> engine.changed(webhook, shard.now()));
    }

    @Override
    public void webhookDeleted(Webhook webhook) {
        shard(webhook.no()).tell(engine -> engine.deleted(webhook.no()));
    }

    @Override
    public void sweep(Sweep sweep) {
        sweeps.begin(sweep);
    }

    @Override
    public CompletableFuture<LaneState> ask(Delivery delivery, Journal.Change<LaneState> change) {
        return shard(delivery.endpoint()).change(change, (engine, lane) -> engine.asked(lane, delivery.event()));
    }

    @Override
    public <T> CompletableFuture<T> join(
            long endpoint, Journal.Change<T> change, Function<T, Optional<LaneState>> lane) {
        return shard(endpoint)
                .change(change, (engine, result) -> lane.apply(result).ifPresent(engine::joined));
    }

    @Override
    public Optional<LaneView> lane(Webhook webhook) {
        return shard(webhook.no()).ask(engine -> engine.view(webhook.no()));
    }

    @Override
    public void callErased(long account, long call) {
        payloads.forget(call);
        // The erasure itself is the intent that survives a crash, and it works the rows off: the engine only has to
        // know.
        Sweep sweep = new Sweep.Erased(parts.numbers().next(), account, call);
        parts.blocking().execute(() -> sweeps.begin(sweep));
    }

    @Override
    public CompletableFuture<LoggedAttempt> test(Webhook webhook, EventType type) {
        long event = parts.numbers().next();
        byte[] body = type.isOfCall()
                ? samples.writeTest(type, event, NumberSource.timeOf(event))
                : noticeSamples.writeTest(type, event, NumberSource.timeOf(event), webhook);
        CompletableFuture<AttemptResult> attempted = new CompletableFuture<>();
        Shard shard = shard(webhook.no());
        shard.tell(engine -> requests.request(webhook, event, 1, body, shard.context())
                .compose(parts.senders().of(webhook)::send)
                .onComplete(done -> attempted.complete(done.result())));
        return attempted.thenCompose(result -> {
            TestAttempt test = new TestAttempt(webhook.account(), webhook.no(), event, type, result);
            return parts.journal().change(tx -> tx.logTest(test));
        });
    }

    @Override
    public EndpointHealth health(Webhook webhook) {
        Optional<LaneView> view = lane(webhook);
        Optional<Health> saved =
                parts.records().lane(webhook.account(), webhook.no()).map(LaneState::health);
        long queued = parts.records().queueLength(webhook.account(), webhook.no());
        return EndpointHealth.of(view, saved.orElse(Health.UNKNOWN), queued);
    }

    /** How all shards together are doing. Completes once each event loop has come to it. */
    public CompletableFuture<EngineView> view() {
        CompletableFuture<EngineView> all = CompletableFuture.completedFuture(EngineView.NOTHING);
        for (Shard shard : shards) {
            CompletableFuture<EngineView> one = new CompletableFuture<>();
            shard.tell(engine -> one.complete(engine.view()));
            all = all.thenCombine(one, EngineView::plus);
        }
        return all;
    }

    /** Sends nothing more, lets attempts in flight end for at most this long, and commits their results. Blocks. */
    public void stop(Duration patience) {
        sweeps.stop();
        CompletableFuture<?>[] drained = shards.stream().map(Shard::drain).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(drained).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What is still in flight has no result: it is sent again after the next start.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A shard could not be drained", e);
        } finally {
            shards.forEach(Shard::abandon);
            requests.close();
        }
    }

    private void disable(Effect.Disable wish) {
        Webhook webhook = wish.webhook();
        var _ = parts.journal()
                .change(tx -> tx.webhook(webhook.no()).filter(Webhook::isActive).map(current -> {
                    Webhook inactive = current.disabled(
                            wish.reason(), parts.clocks().stamps().instant());
                    tx.updateWebhook(inactive);
                    return inactive;
                }))
                .thenAccept(changed -> changed.ifPresent(inactive -> {
                    webhookChanged(inactive);
                    parts.notices().tell(new Notice.Disabled(inactive));
                }));
    }

    private Shard shard(long endpoint) {
        // The low bits count within a millisecond and are mostly zero: the time has the variety.
        return shards.get((int) Math.floorMod(Long.hashCode(endpoint * 0x9E3779B97F4A7C15L), (long) shards.size()));
    }
}
