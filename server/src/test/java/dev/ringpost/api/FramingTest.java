package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.store.ApiKey.Scope;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Framing as attackers bend it (RFC 9112, sections 6, 9.3 and 11.2), on raw sockets. Each shape is served as HTTP has it,
 * or refused with its connection closed; and a request hidden behind it is never carried out: it would make a call.
 */
class FramingTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private ApiClient api;
    private String auth;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
        auth = "Host: x\r\nAuthorization: Bearer " + api.key() + "\r\nContent-Type: application/json\r\n";
    }

    private static String call(String agent) {
        return "{\"agent_id\":\"" + agent + "\"}";
    }

    private String post(String agent) {
        String body = call(agent);
        return "POST /v1/calls/web HTTP/1.1\r\n" + auth + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private int calls() {
        return api.get("/v1/calls").expect(200).json().path("total").asInt();
    }

    /** {@code BODY} is where the hidden request begins, as the length or the chunks that an accomplice would believe have it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4|Transfer-Encoding: chunked|",
                "Transfer-Encoding: chunked|Content-Length: 4|",
                "Content-Length: 0|Content-Length: 400|",
                "Content-Length: 0, 400|",
                "Content-Length: 0|Content-Length: 0|",
                "Content-Length: -1|",
                "Content-Length: +0|",
                "Content-Length: 0x0|",
                "Content-Length: 0 0|",
                "Content-Length: |",
                "Content-Length: 99999999999999999999|",
                "Content-Length: 9223372036854775808|",
                "Content-Length : 0|",
                "Content-Length\t: 0|",
                "Transfer-Encoding:| chunked|",
                "Content_Length: 0|Content-Length: a|",
                "Transfer-Encoding: xchunked|",
                "Transfer-Encoding: chunked, identity|",
                "Transfer-Encoding: identity, chunked|",
                "Transfer-Encoding: chunked, chunked|",
                "Transfer-Encoding: gzip, chunked|",
                "Transfer-Encoding: identity|",
                "Transfer-Encoding: chunked|Transfer-Encoding: identity|",
                "Transfer-Encoding: chunked|Transfer-Encoding: chunked|",
                "Transfer-Encoding : chunked|",
                "Transfer-Encoding:|",
                "Transfer-Encoding: \"chunked\"|",
                "Transfer-Encoding: chunked;q=1|",
                "Transfer-Encoding: \u000bchunked|",
                "Transfer-Encoding: chunked\0|",
                "X: y\0|",
                "X: y\rZ: z|",
                "X: y\nContent-Length: 0|",
                "Host: other|",
                "X y: z|",
                ": empty|",
                "X\u00e4: y|",
                "no colon|",
            })
    void refusesWhatCanBeReadInTwoWays(String headers) throws Exception {
        String shape = "POST /v1/calls/web HTTP/1.1\r\n" + auth + headers.replace("|", "\r\n") + "\r\n";
        try (RawClient client = new RawClient(rig.port)) {
            client.send(shape + post("smuggled"));
            String response = client.response();
            assertThat(response).startsWith("HTTP/1.1 400 ");
            assertThat(response).contains("application/problem+json").contains("malformed-request");
            assertThat(response).doesNotContain(String.valueOf(api.key()));
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/calls/web HTTP/1.1\n",
                "POST /v1/calls/web\r\n",
                "POST /v1/calls/web HTTP/2.0\r\n",
                "POST /v1/calls/web HTTP/0.9\r\n",
                "POST /v1/calls/web HTTP/1.2\r\n",
                "POST /v1/calls/web http/1.1\r\n",
                "POST /v1/calls/web HTTP/1.1 x\r\n",
                "POST /v1/calls/web\0 HTTP/1.1\r\n",
                "POST /v1/calls/\u00e4 HTTP/1.1\r\n",
                "PO\u0001ST /v1/calls/web HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n",
                "\u0016\u0003\u0001\u0002 TLS HTTP/1.1\r\n",
            })
    void refusesWhatIsNoRequestLine(String line) throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            client.send(line + auth + "Content-Length: 0\r\n\r\n" + post("smuggled"));
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isZero();
    }

    /** In the body: what is said there comes too late for a decision about the head, and ends the connection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1\r\n",
                "0x12\r\n{}",
                " 12\r\n",
                "FFFFFFFFFFFFFFFFF\r\n",
                "80000000\r\n",
                "g\r\n",
                "\r\n",
                "2\n{}\r\n0\r\n\r\n",
                "2\r\n{}0\r\n\r\n",
                "2\r\n{}xx0\r\n\r\n",
            })
    void refusesBrokenChunks(String chunks) throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            client.send("POST /v1/calls/web HTTP/1.1\r\n" + auth + "Transfer-Encoding: chunked\r\n\r\n" + chunks
                    + post("smuggled"));
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED", "  chunked  "})
    void servesChunks(String coding) throws Exception {
        String body = call("a");
        String chunks = "5;name=\"v\"\r\n" + body.substring(0, 5) + "\r\n" + Integer.toHexString(body.length() - 5)
                + "\r\n" + body.substring(5) + "\r\n0\r\nX-Trailer: y\r\n\r\n";
        try (RawClient client = new RawClient(rig.port)) {
            client.send(
                    "POST /v1/calls/web HTTP/1.1\r\n" + auth + "Transfer-Encoding: " + coding + "\r\n\r\n" + chunks);
            assertThat(client.status()).isEqualTo(201);
            assertThat(client.send(post("b")).status()).isEqualTo(201);
        }
        assertThat(calls()).isEqualTo(2);
    }

    /** Which section 3 of RFC 9112 lets a server do: the words are the same however they are parted. */
    @ParameterizedTest
    @ValueSource(strings = {"POST  /v1/calls/web  HTTP/1.1", "POST\t/v1/calls/web\tHTTP/1.1"})
    void readsARequestLineByItsWords(String line) throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            assertThat(client.send(post("a").replace("POST /v1/calls/web HTTP/1.1", line))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aRefusalComesInItsTurn() throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            client.send(post("one") + "GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n" + post("two"));
            assertThat(client.response()).contains("\"one\"");
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void servesPipelinedRequestsInOrder() throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            client.send(post("one") + post("two") + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" + post("three"));
            assertThat(client.response()).contains("\"one\"");
            assertThat(client.response()).contains("\"two\"");
            assertThat(client.response()).contains("alive");
            assertThat(client.response()).contains("\"three\"");
        }
    }

    @Test
    void nothingIsServedBehindConnectionClose() throws Exception {
        String last = post("one").replace("Host: x", "Connection: close\r\nHost: x");
        try (RawClient client = new RawClient(rig.port)) {
            client.send(last + post("two"));
            assertThat(client.status()).isEqualTo(201);
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isEqualTo(1);
    }

    /** A body that nobody reads, of a request that was refused by its head, is no request. */
    @ParameterizedTest
    @CsvSource({
        "GET /v1/calls, 200",
        "DELETE /v1/webhooks/wh_x, 404",
        "PUT /v1/calls, 405",
        "GET /nothing, 404",
        "POST /v1/calls/web?x=%zz, 400",
    })
    void aBodyIsNeverARequest(String line, int status) throws Exception {
        String hidden = post("smuggled");
        try (RawClient client = new RawClient(rig.port)) {
            client.send(line + " HTTP/1.1\r\n" + auth + "Content-Length: " + hidden.length() + "\r\n\r\n" + hidden);
            assertThat(client.status()).isEqualTo(status);
            client.halfClose();
            assertThat(client.rest()).doesNotContain("HTTP/1.1");
        }
        assertThat(calls()).isZero();
    }

    @Test
    void aHostIsNeeded() throws Exception {
        assertThat(raw("GET /healthz HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("one Host");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: user@a\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET /healthz HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    /** Ringpost has no virtual hosts: the target's own host counts, whatever the Host header says (section 3.2.2). */
    @Test
    void theAbsoluteFormIsServed() throws Exception {
        assertThat(raw("GET http://elsewhere.test/healthz HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(raw("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")).startsWith("HTTP/1.1 4");
    }

    @Test
    void noOtherProtocolIsSwitchedTo() throws Exception {
        String upgrade =
                "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\nUpgrade: ";
        assertThat(raw(upgrade + "h2c\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(raw(upgrade + "websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"))
                .startsWith("HTTP/1.1 ")
                .doesNotStartWith("HTTP/1.1 101")
                .doesNotStartWith("HTTP/1.1 5");
        assertThat(raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void expectationsAreMetBeforeTheBody() throws Exception {
        String body = call("a");
        try (RawClient client = new RawClient(rig.port)) {
            client.send("POST /v1/calls/web HTTP/1.1\r\n" + auth + "Expect: 100-continue\r\nContent-Length: "
                    + body.length() + "\r\n\r\n");
            assertThat(client.status()).isEqualTo(100);
            assertThat(client.send(body).status()).isEqualTo(201);
            assertThat(client.send(post("b")).status()).isEqualTo(201);
        }
        try (RawClient client = new RawClient(rig.port)) {
            client.send("POST /v1/calls/web HTTP/1.1\r\n" + auth
                    + "Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n");
            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void whoHasSaidAllAndListensIsAnswered() throws Exception {
        try (RawClient client = new RawClient(rig.port)) {
            client.send(post("a")).halfClose();
            assertThat(client.status()).isEqualTo(201);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void whoLeavesWithinARequestDoesNothing() throws Exception {
        String whole = post("a");
        for (int cut : new int[] {1, 20, whole.length() - 10, whole.length() - 1}) {
            try (RawClient client = new RawClient(rig.port)) {
                client.send(whole.substring(0, cut)).halfClose();
                assertThat(client.rest()).doesNotContain(" 2", " 5");
            }
        }
        assertThat(calls()).isZero();
    }

    @Test
    void whatIsTooLongIsNamed() throws Exception {
        assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("target-too-long");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("headers-too-large");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(5000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    private static String raw(String request) throws IOException {
        try (RawClient client = new RawClient(rig.port)) {
            return client.send(request).response();
        }
    }
}
