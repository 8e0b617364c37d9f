package dev.ringpost.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Closed loop: each publisher sends its next request when the last one was answered. Each report makes a new call. */
final class Publishers {
    /** Makes the payload of call.started about 700 bytes. */
    private static final String METADATA = "{\"note\":\"" + "x".repeat(340) + "\"}";

    final LongAdder acknowledged = new LongAdder();
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpClient http;
    private final int port;
    private final int reportsARequest;
    private volatile boolean stopped;

    Publishers(Vertx vertx, int port, int publishers, int reportsARequest) {
        this.http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(publishers));
        this.port = port;
        this.reportsARequest = reportsARequest;
        for (int i = 0; i < publishers; i++) {
            vertx.runOnContext(ignored -> publish());
        }
    }

    void stop() {
        stopped = true;
    }

    private void publish() {
        if (stopped) {
            return;
        }
        http.request(HttpMethod.POST, port, "127.0.0.1", "/v1/reports")
                .compose(this::send)
                .onSuccess(ignored -> {
                    acknowledged.add(reportsARequest);
                    publish();
                })
                .onFailure(failure -> {
                    System.err.println("A publisher stops: " + failure.getMessage());
                    stopped = true;
                });
    }

    private Future<Buffer> send(HttpClientRequest request) {
        request.putHeader("authorization", "Bearer " + ServerUnderLoad.KEY)
                .putHeader("content-type", "application/json");
        return request.send(body()).compose(response -> {
            if (response.statusCode() != 200) {
                throw new IllegalStateException("Answered " + response.statusCode());
            }
            return response.body();
        });
    }

    private Buffer body() {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < reportsARequest; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"connected\",\"external_id\":\"b-")
                    .append(calls.incrementAndGet())
                    .append(
                            "\",\"call\":{\"agent_id\":\"agent_1\",\"type\":\"inbound\",\"from_number\":\"+4930555010\",")
                    .append("\"to_number\":\"+4930555020\",\"metadata\":")
                    .append(METADATA)
                    .append("}}");
        }
        return Buffer.buffer(json.append(']').toString());
    }
}
