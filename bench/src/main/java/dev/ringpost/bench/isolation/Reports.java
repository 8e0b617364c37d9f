package dev.ringpost.bench.isolation;

import dev.ringpost.bench.process.ServerUnderLoad;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.atomic.LongAdder;

/** Sends reports for an account, at a steady rate or as fast as they are taken. */
final class Reports {
    private static final long PAUSE_MILLIS = 100;
    private static final int TAKEN = 200;

    final LongAdder taken = new LongAdder();
    final LongAdder refused = new LongAdder();
    private final Vertx vertx;
    private final HttpClient http;
    private final Tenant account;
    private long timer = -1;
    private volatile boolean stopped;
    private int counter;

    Reports(Vertx vertx, Tenant account, int connections) {
        this.vertx = vertx;
        this.account = account;
        this.http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
    }

    /** One report a request, to each of the agents in turn. */
    void steady(String phase, String agents, int howMany, int aSecond, Latencies latencies) {
        stopped = false;
        timer = vertx.setPeriodic(1000 / aSecond, tick -> {
            int no = counter++;
            String id = phase + "-" + account.id() + no;
            latencies.sent(id);
            post(Buffer.buffer(Tenant.report(id, agents + no % howMany))).onSuccess(status -> {
                if (status == TAKEN) {
                    taken.increment();
                    latencies.accepted(id);
                } else {
                    refused.increment();
                }
            });
        });
    }

    /** Many reports a request, to each of the agents in turn, four requests a second. */
    void batches(String agents, int first, int howMany, int aSecond) {
        timer = vertx.setPeriodic(250, tick -> post(batch(agents, first, howMany, aSecond / 4)));
    }

    /** As fast as they are taken, and a short pause where one is refused, whatever its {@code Retry-After} says. */
    void flood(String agent, int atOnce, int reportsARequest) {
        stopped = false;
        for (int i = 0; i < atOnce; i++) {
            vertx.runOnContext(ignored -> floodOn(agent, reportsARequest));
        }
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void floodOn(String agent, int reportsARequest) {
        if (stopped) {
            return;
        }
        post(batch(agent, 0, 1, reportsARequest)).onComplete(status -> {
            if (status.succeeded() && status.result() == TAKEN) {
                taken.add(reportsARequest);
                floodOn(agent, reportsARequest);
            } else {
                refused.add(reportsARequest);
                vertx.setTimer(PAUSE_MILLIS, again -> floodOn(agent, reportsARequest));
            }
        });
    }

    private synchronized Buffer batch(String agents, int first, int howMany, int reports) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < reports; i++) {
            int no = counter++;
            json.append(i == 0 ? "" : ",")
                    .append(Tenant.report("x-" + account.id() + no, agents + (first + no % howMany)));
        }
        return Buffer.buffer(json.append(']').toString());
    }

    private Future<Integer> post(Buffer body) {
        return http.request(HttpMethod.POST, account.port(), "127.0.0.1", "/v1/reports")
                .compose(request -> request.putHeader("authorization", "Bearer " + ServerUnderLoad.KEY)
                        .putHeader("content-type", "application/json")
                        .putHeader("ringpost-account", account.id())
                        .send(body))
                .compose(response -> response.body().map(read -> response.statusCode()));
    }
}
