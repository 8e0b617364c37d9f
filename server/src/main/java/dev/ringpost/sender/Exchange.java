package dev.ringpost.sender;

import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request and its answer on one connection. It tells its end once, and nothing after {@link #stop()}. */
final class Exchange {
    /** How it can end. */
    interface End {
        /** The answer is in: whole, or as much of it as is wanted or came. */
        void answered(HttpClientResponse response, byte[] body, boolean whole);

        /**
         * No answer came.
         *
         * @param mayRepeat a kept connection turned out to be unusable, and nothing of an answer came
         */
        void lost(Throwable error, boolean mayRepeat);

        /** One of the headers cannot be sent. */
        void unsendable();
    }

    /** Of a response, in bytes, as it comes and as it is shown. */
    static final int MAX_BODY = 16 * 1024;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] NO_BYTES = {};

    /** Headers that frame the messages or name the host: they are the client's own. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "expect",
            "te",
            "trailer",
            "accept-encoding");

    private final Connection connection;
    private final End end;

    /** The connection was used before, and nothing of an answer came on it yet. */
    private boolean mayRepeat;

    private boolean stopped;
    private @Nullable HttpClientResponse response;
    private @Nullable Buffer body;

    Exchange(Connection connection, boolean reused, End end) {
        this.connection = connection;
        this.mayRepeat = reused;
        this.end = end;
    }

    void start(String pathAndQuery, WebhookRequest request) {
        connection
                .http
                .request(new RequestOptions().setMethod(HttpMethod.POST).setURI(pathAndQuery))
                .onComplete(stream -> {
                    if (stopped) {
                        return;
                    }
                    if (stream.succeeded()) {
                        write(stream.result(), request);
                    } else {
                        lost(stream.cause());
                    }
                });
    }

    /** Tells nothing more and gives the connection up. */
    void stop() {
        stopped = true;
        connection.close();
    }

    /** If the status line and headers are in: ends with what came of the body until now. */
    boolean cut() {
        HttpClientResponse answer = response;
        if (answer != null) {
            finish(answer, false);
        }
        return answer != null;
    }

    private void write(HttpClientRequest stream, WebhookRequest request) {
        try {
            for (Map.Entry<String, String> header : request.headers().entrySet()) {
                if (!OWN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                    stream.putHeader(header.getKey(), header.getValue());
                }
            }
        } catch (IllegalArgumentException e) {
            // A line break in a header could start another header, or another request.
            stream.exceptionHandler(closed -> {});
            stop();
            end.unsendable();
            return;
        }
        // Without it a receiver may choose any coding (RFC 9110, section 12.5.3), and the log could not show the body.
        stream.putHeader("accept-encoding", "identity");
        if (mayRepeat) {
            stream.continueHandler(interim -> mayRepeat = false);
        }
        stream.response().onComplete(this::answered);
        stream.end(Buffer.buffer(request.body()));
    }

    private void answered(AsyncResult<HttpClientResponse> answer) {
        if (stopped) {
            return;
        }
        if (answer.failed()) {
            lost(answer.cause());
            return;
        }
        HttpClientResponse head = answer.result();
        response = head;
        head.handler(chunk -> read(head, chunk))
                // The status line decides; what came of the body is kept.
                .exceptionHandler(error -> finish(head, false))
                .endHandler(last -> finish(head, true));
        if (head.statusCode() == SWITCHING_PROTOCOLS) {
            // What follows is no HTTP.
            finish(head, false);
        }
    }

    private void read(HttpClientResponse head, Buffer chunk) {
        if (stopped) {
            return;
        }
        body = body == null ? chunk : body.appendBuffer(chunk);
        if (body.length() > MAX_BODY) {
            body = body.slice(0, MAX_BODY);
            finish(head, false);
        }
    }

    private void lost(Throwable error) {
        stop();
        // What is not HTTP on a kept connection may be the rest of an answer before, such as the body of a 204.
        end.lost(error, mayRepeat && (Failure.isConnectionLoss(error) || Failure.isNotHttp(error)));
    }

    private void finish(HttpClientResponse head, boolean whole) {
        if (stopped) {
            return;
        }
        stopped = true;
        if (!whole) {
            connection.close();
        }
        end.answered(head, body == null ? NO_BYTES : body.getBytes(), whole);
    }
}
