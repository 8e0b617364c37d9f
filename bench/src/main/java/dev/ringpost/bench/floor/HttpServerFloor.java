package dev.ringpost.bench.floor;

import dev.ringpost.api.ApiServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** A server with the product's options that reads each request and answers 202. {@code HttpServerFloor}; it says its port. */
public final class HttpServerFloor {
    private HttpServerFloor() {}

    public static void main(String[] args) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(processors));
        LongAdder done = new LongAdder();
        ConcurrentLinkedQueue<HttpServer> servers = new ConcurrentLinkedQueue<>();
        vertx.deployVerticle(() -> new Listener(servers, done), new DeploymentOptions().setInstances(processors))
                .await();
        FloorPart.serve(Integer.toString(servers.element().actualPort()), done::sum);
        vertx.close().await();
    }

    /** One event loop that takes connections. */
    private static final class Listener extends VerticleBase {
        private final ConcurrentLinkedQueue<HttpServer> servers;
        private final LongAdder done;

        Listener(ConcurrentLinkedQueue<HttpServer> servers, LongAdder done) {
            this.servers = servers;
            this.done = done;
        }

        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(ApiServer.httpOptions()).requestHandler(this::answer);
            servers.add(server);
            // A negative port: the same free one for all.
            return server.listen(-1, "127.0.0.1");
        }

        private void answer(HttpServerRequest request) {
            request.body().onSuccess(body -> {
                done.increment();
                request.response().setStatusCode(202).end();
            });
        }
    }
}
