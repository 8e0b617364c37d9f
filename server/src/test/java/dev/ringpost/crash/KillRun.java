package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Loads a server, kills it at random moments, starts it again on the same data, and checks what then is true. */
final class KillRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Of four servers one is killed while it starts. */
    private static final int KILLED_EARLY = 4;

    private static final int LATEST_EARLY_KILL_MILLIS = 1000;

    private final Path data;
    private final long seed;
    private final SplittableRandom random;
    private final Receiver receiver;
    private final Promises promises = new Promises();
    private final List<Kill> kills = new ArrayList<>();
    private final int eventsAKill;

    private ServerProcess server;
    private final Hooks hooks;

    /** @param eventsAKill so many events are acknowledged at most between a start and a kill */
    KillRun(Path data, long seed, int eventsAKill) throws Exception {
        System.out.println("seed " + seed);
        this.data = data;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.receiver = Receiver.troubled(seed);
        this.eventsAKill = eventsAKill;
        this.server = ServerProcess.start(data);
        this.hooks = Hooks.create(server, promises, receiver);
    }

    /** Lets it work for a while, kills it, and starts the next; now and then that is killed while it starts. */
    void killOnce() throws Exception {
        Load load = Load.on(server, promises, hooks, "s" + kills.size(), random.split());
        int wanted = promises.count() + 1 + random.nextInt(eventsAKill);
        assertThat(promises.awaitCount(wanted, PATIENCE.toSeconds()))
                .as("it answers")
                .isTrue();
        kills.add(Kill.after(server, load.slowestAnswer()));
        load.serverIsGone();
        if (random.nextInt(KILLED_EARLY) == 0) {
            ServerProcess early = ServerProcess.launch(data);
            long launched = System.nanoTime();
            assertThat(early.endsWithin(Duration.ofMillis(random.nextInt(LATEST_EARLY_KILL_MILLIS))))
                    .isFalse();
            kills.add(Kill.after(early, System.nanoTime() - launched));
        }
        server = ServerProcess.start(data);
    }

    /** Waits until everything is delivered, and checks it all. */
    void check() throws Exception {
        hooks.activate(server);
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (String hook : Hooks.ALL) {
                assertThat(promised(hook, event -> !receiver.hasAccepted(hook, event.event())))
                        .as("promised to " + hook + ", not arrived, seed " + seed)
                        .isEmpty();
            }
        });
        checkLog();
        checkErasures();
        assertThat(server.stop()).isZero();
        DatabaseFile.assertIntact(data);
        checkArrivals();
    }

    private List<Promises.Fired> promised(String hook, Predicate<Promises.Fired> which) {
        return (hook.equals(Hooks.MOODY) ? promises.keptWhileActive() : promises.kept())
                .stream().filter(which).toList();
    }

    private void checkLog() throws Exception {
        // The last results are committed a moment after they arrived; what nobody was promised may still be tried.
        await().atMost(PATIENCE).untilAsserted(() -> {
            DeliveryLog log = DeliveryLog.read(server);
            for (String hook : Hooks.ALL) {
                assertThat(promised(hook, event -> !log.hasOneSuccess(hooks.id(hook), event.event())))
                        .as("promised to " + hook + ", without its one success in the log, seed " + seed)
                        .isEmpty();
            }
            assertThat(log.faults()).as("seed " + seed).isEmpty();
        });
    }

    private void checkErasures() throws Exception {
        for (String call : promises.erasedCalls()) {
            Hooks.expect(404, server.get("/v1/calls/" + call));
        }
    }

    private void checkArrivals() {
        List<Arrival> arrivals = receiver.arrivals();
        assertThat(CallOrder.broken(arrivals, Hooks.STEADY)).as("seed " + seed).isEmpty();
        assertThat(CallOrder.broken(arrivals, Hooks.MOODY)).as("seed " + seed).isEmpty();
        assertThat(CallOrder.strictlyBroken(arrivals, Hooks.STRICT))
                .as("seed " + seed)
                .isEmpty();
        for (Kill kill : kills) {
            assertThat(arrivals)
                    .as("to a paused webhook or of an erased call, after a restart, seed " + seed)
                    .noneMatch(arrival -> promises.forbids(arrival, kill, Hooks.MOODY));
        }
        Repeats repeats = Repeats.in(arrivals, kills);
        System.out.printf(
                "%d kills: %d events acknowledged, %d calls erased, %d attempts, %d of them made again where %d may be%n",
                kills.size(),
                promises.count(),
                promises.erasedCalls().size(),
                arrivals.size(),
                repeats.count(),
                repeats.bound());
        assertThat(repeats.unexplained()).as("seed " + seed).isEmpty();
        assertThat((long) repeats.count()).isLessThanOrEqualTo(repeats.bound());
    }

    @Override
    public void close() {
        server.discard();
        receiver.close();
    }
}
