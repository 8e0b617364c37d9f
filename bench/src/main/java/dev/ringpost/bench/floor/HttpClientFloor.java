package dev.ringpost.bench.floor;

import dev.ringpost.bench.load.Reports;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** A client that posts a payload's bytes, 32 requests at once, and reads the answers. {@code HttpClientFloor PORT} */
public final class HttpClientFloor {
    private static final int IN_FLIGHT = 32;

    private volatile boolean stopped;
    private final LongAdder done = new LongAdder();
    private final HttpClient client;
    private final RequestOptions request;
    private final Buffer body = Buffer.buffer(Reports.started().json(null));

    private HttpClientFloor(Vertx vertx, int port) {
        client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(IN_FLIGHT));
        request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/hook")
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .add("content-type", "application/json")
                        .add("user-agent", "Ringpost/0.1.0")
                        .add("webhook-id", "evt_00000000000000000000")
                        .add("webhook-timestamp", "1700000000")
                        .add("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=")
                        .add("ringpost-attempt", "1"));
    }

    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
        HttpClientFloor floor = new HttpClientFloor(vertx, Integer.parseInt(args[0]));
        for (int i = 0; i < IN_FLIGHT; i++) {
            vertx.runOnContext(now -> floor.post());
        }
        FloorPart.serve("ready", floor.done::sum);
        floor.stopped = true;
        vertx.close().await();
    }

    private void post() {
        if (stopped) {
            return;
        }
        client.request(request)
                .compose(ready -> ready.send(body))
                .compose(response -> response.body())
                .onComplete(answer -> {
                    if (answer.succeeded()) {
                        done.increment();
                        post();
                    }
                });
    }
}
