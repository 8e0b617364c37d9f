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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What millions of deliveries that wait for dead endpoints cost: {@code WaitingBench LAUNCHER [DEAD_ENDPOINTS] [MOST]}. For 10
 * thousand, 100 thousand, ... up to MOST: heap after a collection, latency of healthy endpoints, and the time of the
 * store's polls. The rows are put into the database file directly; needs 1 kB of disk for each.
 */
public final class WaitingBench {
    private static final int HEALTHY = 20;
    private static final int HEALTHY_A_SECOND = 200;
    private static final int WARM_UP_SECONDS = 10;
    private static final int SECONDS = 10;

    private WaitingBench() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Path launcher = Path.of(args[0]);
        int dead = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
        long most = args.length > 2 ? Long.parseLong(args[2]) : 10_000_000;
        Path folder = Files.createTempDirectory("ringpost-waiting");
        Path data = Files.createDirectory(folder.resolve("data"));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try {
            Latencies latencies = new Latencies();
            Receivers receivers = new Receivers(vertx, latencies);
            Tenant account;
            List<String> deadIds;
            try (ServerUnderLoad server = server(launcher, data)) {
                account = Tenant.create(server, "waiting");
                account.subscribe(endpoints(receivers));
                deadIds = account.subscribe(deadEndpoints(receivers, dead));
                Reports events = new Reports(vertx, account, 1);
                events.batches("nobody", 0, 1, DeadBacklog.EVENTS * 4);
                pause(2);
                events.stop();
            }
            System.out.println("waiting     file MB  lanes ms  head us  full head us  count ms  due timers us"
                    + "  ready s  heap MiB  CPU us/event  accepted: n p50 p99  arrived: n p50 p99 ms");
            for (long waiting = 10_000; waiting <= most; waiting *= 10) {
                try (DeadBacklog backlog = new DeadBacklog(data)) {
                    backlog.fill(waiting);
                }
                String polls = new StorePolls(data).measure();
                long start = System.nanoTime();
                try (ServerUnderLoad server = server(launcher, data)) {
                    double ready = (System.nanoTime() - start) / 1e9;
                    Tenant again = new Tenant(server.address().getPort(), account.id());
                    Reports healthy = new Reports(vertx, again, 64);
                    load(healthy, "warm" + waiting, WARM_UP_SECONDS, latencies);
                    double cpu = cpuSeconds(server);
                    load(healthy, "w" + waiting, SECONDS, latencies);
                    cpu = cpuSeconds(server) - cpu;
                    System.out.printf(
                            "%-10d  %s  %7.2f  %8d  %12.0f  %s  %s%n",
                            waiting,
                            polls,
                            ready,
                            server.liveHeapMiB(),
                            cpu * 1e6 / latencies.arrivedIn("w" + waiting).count(),
                            latencies.acceptedIn("w" + waiting),
                            latencies.arrivedIn("w" + waiting));
                    System.out.println("            page of what waits: "
                            + again.millisToGet("/v1/webhooks/" + deadIds.getFirst() + "/waiting?limit=50")
                            + " ms, webhook: "
                            + again.millisToGet("/v1/webhooks/" + deadIds.getFirst()) + " ms, metrics: "
                            + again.millisToGet("/metrics") + " ms");
                }
            }
        } finally {
            vertx.close().await();
            Folders.delete(folder);
        }
    }

    private static ServerUnderLoad server(Path launcher, Path data) throws IOException {
        return new ServerUnderLoad(launcher, data, List.of(), List.of("--max-webhooks", "50000"));
    }

    private static List<Endpoint> endpoints(Receivers receivers) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < HEALTHY; i++) {
            endpoints.add(new Endpoint("healthy" + i, receivers.healthy(i)));
        }
        return endpoints;
    }

    private static List<Endpoint> deadEndpoints(Receivers receivers, int dead) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < dead; i++) {
            endpoints.add(new Endpoint("dead" + i, receivers.sick(Sickness.REFUSES, i)));
        }
        return endpoints;
    }

    private static void load(Reports healthy, String phase, int seconds, Latencies latencies) {
        healthy.steady(phase, "healthy", HEALTHY, HEALTHY_A_SECOND, latencies);
        pause(seconds);
        healthy.stop();
        pause(1);
    }

    /** Used so far. */
    private static double cpuSeconds(ServerUnderLoad server) {
        return server.watch().usage().cpuNanos() / 1e9;
    }

    private static void pause(int seconds) {
        Pause.passing(Duration.ofSeconds(seconds));
    }
}
