package dev.ringpost.bench.isolation;

import dev.ringpost.bench.Pause;
import dev.ringpost.bench.isolation.Receivers.Sickness;
import dev.ringpost.bench.isolation.Tenant.Endpoint;
import dev.ringpost.bench.process.ServerUnderLoad;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What healthy endpoints feel of sick ones, and accounts of one that floods: {@code IsolationBench LAUNCHER [sick|flood]
 * [SECONDS] [ROUNDS]}. Phases alone and beside alternate in one run. Load and receivers run in this process, on the same
 * machine; the server in its own.
 */
public final class IsolationBench {
    private static final int HEALTHY = 20;
    private static final int HEALTHY_A_SECOND = 200;
    private static final int SICK = 2000;
    private static final int SICK_A_SECOND = 400;
    private static final int WARM_UP_SECONDS = 30;

    /** Until attempts that hang have come to their deadlines. */
    private static final int SETTLE_SECONDS = 12;

    private final ServerUnderLoad server;
    private final Vertx vertx;
    private final Latencies latencies = new Latencies();
    private final Receivers receivers;
    private final Tenant account;
    private final Reports healthy;
    private final int seconds;

    private IsolationBench(ServerUnderLoad server, Vertx vertx, int seconds) throws IOException, InterruptedException {
        this.server = server;
        this.vertx = vertx;
        this.seconds = seconds;
        this.receivers = new Receivers(vertx, latencies);
        this.account = Tenant.create(server, "healthy");
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < HEALTHY; i++) {
            endpoints.add(new Endpoint("healthy" + i, receivers.healthy(i)));
        }
        account.subscribe(endpoints);
        this.healthy = new Reports(vertx, account, 64);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path launcher = Path.of(args[0]);
        String what = args.length > 1 ? args[1] : "sick";
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 12;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 2;
        Path folder = Files.createTempDirectory("ringpost-isolation");
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try (ServerUnderLoad server = new ServerUnderLoad(
                launcher,
                Files.createDirectory(folder.resolve("data")),
                List.of(),
                List.of("--max-webhooks", "5000"))) {
            IsolationBench bench = new IsolationBench(server, vertx, seconds);
            switch (what) {
                case "sick" -> bench.besideSick(rounds);
                case "flood" -> bench.besideFlood(rounds);
                default -> throw new IllegalArgumentException(what + " is neither sick nor flood");
            }
        } finally {
            vertx.close().await();
        }
    }

    private void besideSick(int rounds) throws IOException, InterruptedException {
        Tenant other = Tenant.create(server, "sick");
        List<Sickness> kinds = List.of(Sickness.values());
        List<Endpoint> sick = new ArrayList<>();
        for (int i = 0; i < SICK; i++) {
            sick.add(new Endpoint("sick" + i, receivers.sick(kinds.get(i % kinds.size()), i)));
        }
        account.subscribe(sick.subList(0, SICK / 2));
        other.subscribe(sick.subList(SICK / 2, SICK));
        Reports ofOwn = new Reports(vertx, account, 16);
        Reports ofOther = new Reports(vertx, other, 16);
        alternate(rounds, new Disturbance() {
            @Override
            public void start() {
                ofOwn.batches("sick", 0, SICK / 2, SICK_A_SECOND / 2);
                ofOther.batches("sick", SICK / 2, SICK / 2, SICK_A_SECOND / 2);
            }

            @Override
            public void stop() {
                ofOwn.stop();
                ofOther.stop();
                pause(SETTLE_SECONDS);
            }
        });
    }

    private void besideFlood(int rounds) throws IOException, InterruptedException {
        Tenant flooding = Tenant.create(server, "flooding");
        flooding.subscribe(List.of(new Endpoint("flood0", receivers.healthy(HEALTHY))));
        Reports flood = new Reports(vertx, flooding, 64);
        alternate(rounds, new Disturbance() {
            @Override
            public void start() {
                flood.flood("flood", 64, 100);
            }

            @Override
            public void stop() {
                flood.stop();
                System.out.printf("the flood: %d reports taken, %d refused%n", flood.taken.sum(), flood.refused.sum());
                long before;
                do {
                    before = receivers.arrivals.sum();
                    pause(2);
                } while (receivers.arrivals.sum() > before);
            }
        });
    }

    private interface Disturbance {
        void start();

        /** Returns when nothing of it is left. */
        void stop();
    }

    private void alternate(int rounds, Disturbance disturbance) throws IOException {
        phase("warm", WARM_UP_SECONDS);
        System.out.println("phase        taken       p50       p99  arrived       p50       p99  ms  server CPU %");
        for (int round = 1; round <= rounds; round++) {
            report("alone" + round, seconds);
            disturbance.start();
            phase("lead" + round, seconds / 2);
            report("beside" + round, seconds);
            disturbance.stop();
        }
    }

    private void report(String phase, int length) throws IOException {
        double cpu = cpuSeconds();
        phase(phase, length);
        cpu = cpuSeconds() - cpu;
        pause(1);
        System.out.printf(
                "%-8s  %s  %s  %12.0f%n",
                phase, latencies.acceptedIn(phase), latencies.arrivedIn(phase), 100 * cpu / length);
    }

    private void phase(String name, int length) {
        healthy.steady(name, "healthy", HEALTHY, HEALTHY_A_SECOND, latencies);
        pause(length);
        healthy.stop();
    }

    /** Used so far. */
    private double cpuSeconds() {
        return server.watch().usage().cpuNanos() / 1e9;
    }

    private static void pause(int seconds) {
        Pause.passing(Duration.ofSeconds(seconds));
    }
}
