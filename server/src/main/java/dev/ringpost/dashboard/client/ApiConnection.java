package dev.ringpost.dashboard.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends the pages' requests to the API, over a few connections that are kept. */
public final class ApiConnection {
    /** Requests under way; more wait for their turn within their deadline. */
    private static final int MOST = 32;

    /** A call with its whole transcript is the largest answer that there is. */
    private static final int LARGEST_ANSWER = 16 << 20;

    private final Vertx vertx;
    private final HttpClient http;
    private final Semaphore places = new Semaphore(MOST);

    public ApiConnection(Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(30).setConnectTimeout(2000),
                new PoolOptions().setHttp1MaxSize(MOST));
    }

    record Answer(int status, byte[] body) {}

    /**
     * Blocks until the answer is whole.
     *
     * @throws Refused 503 where no answer came in time
     */
    Answer send(RequestOptions request, @Nullable String body, Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        try {
            if (!places.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unanswered("Too many pages are being made; try again");
            }
            try {
                return exchange(request, body)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } finally {
                places.release();
            }
        } catch (TimeoutException e) {
            throw unanswered("The server took longer than " + deadline.toSeconds() + " s to answer");
        } catch (ExecutionException e) {
            throw unanswered("The server could not be asked: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered("The server stops");
        }
    }

    /** All of it on one event loop: elsewhere the answer could end before anybody listens to it. */
    private Future<Answer> exchange(RequestOptions request, @Nullable String body) {
        Promise<Answer> answer = Promise.promise();
        vertx.runOnContext(on -> http.request(request)
                .compose(opened -> body == null ? opened.send() : opened.send(Buffer.buffer(body.getBytes(UTF_8))))
                .compose(ApiConnection::whole)
                .onComplete(answer));
        return answer.future();
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        Promise<Answer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(new Answer(response.statusCode(), body.getBytes())))
                .handler(chunk -> {
                    if (body.length() + chunk.length() > LARGEST_ANSWER) {
                        whole.tryFail("the answer has more than " + LARGEST_ANSWER + " bytes");
                        response.request().reset();
                    } else {
                        body.appendBuffer(chunk);
                    }
                });
        return whole.future();
    }

    private static Refused unanswered(String detail) {
        return new Refused(new Problem(null, "No answer", 503, detail, List.of()));
    }

    public void close() {
        http.close().await();
    }
}
