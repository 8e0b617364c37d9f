package dev.ringpost.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Delivered a second and processor time a delivery, for one webhook: {@code DeliveryBench JAR [SECONDS]}. The load and the
 * receiver run in this process, on the same machine; the server in its own.
 */
public final class DeliveryBench {
    private static final int WARM_UP_SECONDS = 10;

    private DeliveryBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        System.out.println(
                "events a request  publishers  delivered/s  CPU us/delivery  not yet delivered  resident MiB");
        run(jar, seconds, 1, 64);
        run(jar, seconds, 100, 4);
    }

    private static void run(Path jar, int seconds, int events, int publishers)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringpost-bench");
        Vertx vertx = Vertx.vertx();
        LongAdder arrived = new LongAdder();
        try (ServerUnderLoad server = new ServerUnderLoad(jar, Files.createDirectory(folder.resolve("data")))) {
            HttpServer sink = vertx.createHttpServer()
                    .requestHandler(request -> {
                        arrived.increment();
                        request.response().setStatusCode(204).end();
                    })
                    .listen(0, "127.0.0.1")
                    .await();
            register(server, sink.actualPort());
            Publishers load = new Publishers(vertx, server.port, publishers, events);
            pause(WARM_UP_SECONDS);
            long before = arrived.sum();
            double cpu = server.cpuSeconds();
            pause(seconds);
            long delivered = arrived.sum() - before;
            cpu = server.cpuSeconds() - cpu;
            long waiting = load.acknowledged.sum() - arrived.sum();
            System.out.printf(
                    "%16d  %10d  %11.0f  %15.1f  %17d  %12d%n",
                    events,
                    publishers,
                    delivered / (double) seconds,
                    cpu * 1e6 / delivered,
                    waiting,
                    server.residentMiB());
            load.stop();
        } finally {
            vertx.close().await();
        }
    }

    private static void pause(int seconds) {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static void register(ServerUnderLoad server, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/v1/webhooks"))
                .header("authorization", "Bearer " + ServerUnderLoad.KEY)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"url\":\"http://127.0.0.1:" + port + "/hook\",\"events\":[\"call.started\"]}"))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("The webhook could not be made: " + status);
        }
    }
}
