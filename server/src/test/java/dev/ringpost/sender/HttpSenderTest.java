package dev.ringpost.sender;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Y: z\r\n\r\nhi";

    private final Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK));

    @AfterEach
    void close() {
        sending.close();
    }

    @Test
    void sendsThePostAndReadsTheAnswer() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK))) {
            AttemptResult result = sending.send(receiver.url("http", "receiver.test"));

            assertThat(result.verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(result.responseStatus()).isEqualTo(200);
            assertThat(result.responseBody()).isEqualTo("hi".getBytes(UTF_8));
            assertThat(result.responseHeaders()).containsEntry("x-y", List.of("z"));
            assertThat(result.error()).isNull();
            assertThat(result.retryAfter()).isNull();
            assertThat(result.duration()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(receiver.requests)
                    .singleElement()
                    .satisfies(request -> assertThat(request.lines())
                            .containsExactlyInAnyOrder(
                                    "POST /hook?x=1 HTTP/1.1",
                                    "host: receiver.test:" + receiver.port(),
                                    "content-type: application/json",
                                    "accept-encoding: identity",
                                    "content-length: 7",
                                    "",
                                    "{\"a\":1}"));
        }
    }

    @Test
    void keepsTheConnectionAfterACompleteAnswer() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK))) {
            for (int i = 0; i < 5; i++) {
                assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            }
            assertThat(receiver.connections).hasValue(1);
            assertThat(receiver.requests).hasSize(5);
            assertThat(sending.sender.idleSockets()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200 OK, SUCCEEDED, -",
                "201 Created, SUCCEEDED, -",
                "299 Odd, SUCCEEDED, -",
                "301 Moved, FAILED, 'HTTP 301 Moved Permanently: redirects are not followed, give the final URL'",
                "304 Not Modified, FAILED, 'HTTP 304 Not Modified: redirects are not followed, give the final URL'",
                "400 Bad Request, FAILED, HTTP 400 Bad Request",
                "404 Not Found, FAILED, HTTP 404 Not Found",
                "410 Gone, GONE, HTTP 410 Gone",
                "429 Too Many Requests, OVERLOADED, HTTP 429 Too Many Requests",
                "500 Internal Server Error, FAILED, HTTP 500 Internal Server Error",
                "502 Bad Gateway, OVERLOADED, HTTP 502 Bad Gateway",
                "503 Service Unavailable, OVERLOADED, HTTP 503 Service Unavailable",
                "504 Gateway Timeout, OVERLOADED, HTTP 504 Gateway Timeout",
                "505 , FAILED, HTTP 505 HTTP Version Not Supported",
                "404 secret, FAILED, HTTP 404 Not Found",
                "599 \u0007x, FAILED, HTTP 599",
            })
    void mapsEachStatus(String status, Verdict verdict, @Nullable String error) throws Exception {
        try (Receiver receiver =
                new Receiver(Receiver.answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"))) {
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.verdict()).isEqualTo(verdict);
            assertThat(result.error()).isEqualTo(error);
            assertThat(result.responseStatus()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        }
    }

    @Test
    void honoursRetryAfterOfFailuresOnly() throws Exception {
        String head = "Retry-After: 120\r\nContent-Length: 0\r\n\r\n";
        try (Receiver busy = new Receiver(Receiver.answering("HTTP/1.1 503 x\r\n" + head));
                Receiver fine = new Receiver(Receiver.answering("HTTP/1.1 200 x\r\n" + head))) {
            assertThat(sending.send(busy.url()).retryAfter()).isEqualTo(Duration.ofMinutes(2));
            assertThat(sending.send(fine.url()).retryAfter()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n" + OK,
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK,
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 Odd\r\nX: y\r\n\r\nHTTP/1.1 100 x\r\n\r\n" + OK,
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
            })
    void takesAnswersAfterWhichTheConnectionStays(String answer) throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(answer))) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.0 200 OK\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\n\r\nhi",
            })
    void takesAnswersAfterWhichTheConnectionGoes(String answer) throws Exception {
        try (Receiver receiver = new Receiver(Receiver.closingAfter(answer))) {
            for (int i = 1; i <= 2; i++) {
                AttemptResult result = sending.send(receiver.url());
                assertThat(result.verdict()).isEqualTo(Verdict.SUCCEEDED);
                assertThat(result.responseBody()).isEqualTo("hi".getBytes(UTF_8));
                assertThat(receiver.connections).hasValue(i);
            }
        }
    }

    /** Asked for without a coding; who sends one all the same is understood, so that the log can be read. */
    @Test
    void showsCompressedBodiesDecoded() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write("no such account".getBytes(UTF_8));
        }
        String gzip = zipped.toString(ISO_8859_1);
        try (Receiver receiver = new Receiver(
                Receiver.answering("HTTP/1.1 500 x\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(gzip.length()) + "\r\n" + gzip + "\r\n0\r\n\r\n"))) {
            assertThat(sending.send(receiver.url()).responseBody()).asString().isEqualTo("no such account");
            assertThat(receiver.requests.getFirst()).contains("accept-encoding: identity\r\n");
        }
    }

    @Test
    void bytesBehindA204EndItsConnectionAndNothingElse() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering("HTTP/1.1 204 No Content\r\n\r\nsurprise"))) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
        }
    }

    @Test
    void neverFollowsARedirect() throws Exception {
        try (Receiver elsewhere = new Receiver(Receiver.answering(OK));
                Receiver receiver = new Receiver(Receiver.answering(
                        "HTTP/1.1 307 x\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.FAILED);
            assertThat(elsewhere.connections).hasValue(0);
        }
    }

    @Test
    void boundsHeadersAndKeepsNoCookie() throws Exception {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nX-Long: " + "v".repeat(5000));
        IntStream.range(0, 100)
                .forEach(i -> head.append("\r\nX-").append(i).append(": ").append(i));
        try (Receiver receiver = new Receiver(Receiver.answering(head + "\r\nContent-Length: 0\r\n\r\n"))) {
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.responseHeaders()).hasSize(64);
            assertThat(result.responseHeaders()).containsEntry("x-long", List.of("v".repeat(1024)));
            sending.send(receiver.url());
            assertThat(receiver.requests).hasSize(2).noneMatch(request -> request.contains("a=b"));
        }
    }

    @Test
    void ownsTheHeadersThatFrameTheMessage() throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("transfer-encoding", "chunked");
        headers.put("content-length", "1");
        headers.put("Host", "elsewhere");
        headers.put("x-own", "1");
        try (Receiver receiver = new Receiver(Receiver.answering(OK))) {
            Sending.await(sending.start(
                    new WebhookRequest(1, receiver.url(), headers, "{}".getBytes(UTF_8), Sending.PATIENT)));
            assertThat(receiver.requests.getFirst().lines())
                    .contains("x-own: 1", "content-length: 2", "host: 127.0.0.1:" + receiver.port())
                    .noneMatch(line -> line.contains("chunked") || line.contains("elsewhere"));
        }
    }

    @ParameterizedTest
    @CsvSource({"x-a, 'b\r\nx-c: d'", "'x-a: b\r\nx-c', d", "x-a, 'b\nx'", "'x a', b", "x-a, 'b\0'"})
    void refusesHeadersThatWouldInjectOthers(String name, String value) throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK))) {
            AttemptResult result = Sending.await(sending.start(
                    new WebhookRequest(1, receiver.url(), Map.of(name, value), new byte[0], Sending.PATIENT)));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.error()).contains("characters that HTTP does not allow");
            assertThat(receiver.requests).isEmpty();
        }
    }

    @Test
    void attemptsBeyondTheSocketsWaitForOne() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending narrow = new Sending(Sending.settings(2, null), Sending.always(Receiver.LOOPBACK))) {
            List<CompletableFuture<AttemptResult>> results = IntStream.range(0, 20)
                    .mapToObj(i -> narrow.start(
                            new WebhookRequest(1, receiver.url(), Map.of(), new byte[] {'x'}, Sending.PATIENT)))
                    .toList();
            for (CompletableFuture<AttemptResult> result : results) {
                assertThat(Sending.await(result).verdict()).isEqualTo(Verdict.SUCCEEDED);
            }
            assertThat(narrow.sender.openSockets()).isLessThanOrEqualTo(2);
            assertThat(receiver.requests).hasSize(20);
        }
    }

    @Test
    void anIdleConnectionMakesRoomForAnotherReceiver() throws Exception {
        try (Receiver one = new Receiver(Receiver.answering(OK));
                Receiver two = new Receiver(Receiver.answering(OK));
                Sending narrow = new Sending(Sending.settings(1, null), Sending.always(Receiver.LOOPBACK))) {
            assertThat(narrow.send(one.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(narrow.send(two.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(narrow.send(one.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
        }
    }

    @Test
    void keepsAConnectionForItsTimeOnly() throws Exception {
        SenderSettings brief = new SenderSettings(true, true, 64, Duration.ofMillis(10), null);
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending sender = new Sending(brief, Sending.always(Receiver.LOOPBACK))) {
            sender.send(receiver.url());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(sender.sender.openSockets()).isZero());
        }
    }

    @Test
    void believesAReceiverThatKeepsNoConnection() throws Exception {
        try (Receiver receiver = new Receiver(
                Receiver.answering("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=5\r\nContent-Length: 0\r\n\r\n"))) {
            sending.send(receiver.url());
            sending.send(receiver.url());
            assertThat(receiver.connections).hasValue(2);
        }
    }

    @Test
    void insistsOnAnEventLoop() {
        WebhookRequest request = new WebhookRequest(1, "http://127.0.0.1/", Map.of(), new byte[0], Sending.SHORT);
        assertThatThrownBy(() -> sending.sender.send(request)).hasMessageContaining("event loop");
    }
}
