package dev.ringpost.sender;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.sender.Receiver.Behaviour;
import dev.ringpost.sender.Resolver.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * All that a receiver can do wrong, with real sockets and real TLS: what it means, what line a person gets, and in which
 * phase it happened. The sender has a single socket here; so each case must also give it back for the next request.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadReceiverTest {
    private static final String HOST = "receiver.test";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String HEADER_SECRET = "hdr-31415926";
    private static final String BODY_SECRET = "body-27182818";
    private static final String HEAD = "waiting for the response";
    private static final String NO_HTTP =
            "Malformed response: it does not begin with a status line of HTTP/1.1; is another protocol spoken on this port?";
    private static final String BAD_LENGTH =
            "Malformed response: its content-length is no number, or there are several";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Certificates certificates;
    private Sending sending;

    /** Where it went wrong; each has error lines of its own. */
    enum Phase {
        LOOKUP("DNS: |.*looking up.*"),
        CONNECT("Connection refused by |.*connecting to.*"),
        TLS("TLS: |.*TLS handshake.*"),
        HEAD("Connection |Malformed response: |.*waiting for the response"),
        ANSWERED("HTTP ");

        private final String signs;

        Phase(String signs) {
            this.signs = signs;
        }
    }

    /**
     * A receiver.
     *
     * @param error null where the attempt succeeds all the same; {@code WHERE} stands for its address
     */
    record Case(
            String name,
            Behaviour behaviour,
            Verdict verdict,
            @Nullable String error,
            Phase phase) {
        @Override
        public String toString() {
            return name + " | " + verdict + " | " + phase + " | " + error;
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificates = new Certificates(folder);
        sending = new Sending(Sending.settings(1, certificates.pem()), BadReceiverTest::resolve);
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterAll
    void close() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        sending.close();
    }

    private static CompletableFuture<Answer> resolve(long account, String host) {
        return switch (host) {
            case "unknown.test" ->
                CompletableFuture.completedFuture(new Answer.NotFound("unknown.test has no address"));
            case "silent.test" -> new CompletableFuture<>();
            default -> Sending.always(Receiver.LOOPBACK).resolve(account, host);
        };
    }

    static Stream<Case> answers() {
        String endless = "x".repeat(10_000);
        return Stream.of(
                // Connections that go away.
                lost("closed before the response", Receiver.Talk::readRequest, "Connection closed before the response"),
                lost(
                        "reset before the response",
                        reset(""),
                        "Connection reset before the headers of a response were in"),
                lost(
                        "closed in the headers",
                        Receiver.closingAfter("HTTP/1.1 200 OK\r\nContent-Le"),
                        "Connection closed in the response: the headers were cut off"),
                lost(
                        "reset in the headers",
                        reset("HTTP/1.1 200 OK\r\nContent-Le"),
                        "Connection reset before the headers of a response were in"),
                fine("reset in the body of a success", reset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
                fine("reset after a success", reset(OK)),
                failed("reset in the body of a failure", reset(head("500 x")), "HTTP 500 Internal Server Error"),
                // Time.
                late("never answering", Receiver.Talk::hang),
                late("a byte at a time in the status line", dripping("HTTP/1.1 2", "0")),
                late("a byte at a time in the headers", dripping("HTTP/1.1 200 OK\r\nX-Slow: ", "x")),
                late("interim responses only", dripping("", "HTTP/1.1 103 Early Hints\r\n\r\n")),
                fine("a byte at a time in the body of a success", dripping(head("200 OK"), "x")),
                failed("a byte at a time in the body of a failure", dripping(head("404 x"), "x"), "HTTP 404 Not Found"),
                // Too much.
                fine("an endless body", flooding("HTTP/1.1 200 OK\r\n\r\n", endless)),
                slow("an endless body of a 503", flooding("HTTP/1.1 503 x\r\n\r\n", endless), 503),
                fine(
                        "endless chunks",
                        flooding(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                "2710\r\n" + endless + "\r\n")),
                broken(
                        "headers without an end",
                        flooding("HTTP/1.1 200 OK\r\n", "X-Big: " + "x".repeat(1000) + "\r\n"),
                        "Malformed response: its headers have more than 32768 bytes"),
                broken(
                        "a header without an end",
                        flooding("HTTP/1.1 200 OK\r\nX-Big: ", endless),
                        "Malformed response: its headers have more than 32768 bytes"),
                broken(
                        "a status line without an end",
                        flooding("HTTP/1.1 200 ", endless),
                        "Malformed response: its status line is too long"),
                // No HTTP/1.1.
                broken("a mail server", saying("220 smtp.example.com ESMTP\r\n"), NO_HTTP),
                broken("a page without a head", saying("<html>hello</html>\r\n\r\n"), NO_HTTP),
                broken("HTTP/2", saying("HTTP/2.0 200 OK\r\n\r\n"), NO_HTTP),
                broken("no status", saying("HTTP/1.1 abc OK\r\n\r\n"), NO_HTTP),
                broken("a negative length", saying("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), BAD_LENGTH),
                broken("a length in words", saying("HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n"), BAD_LENGTH),
                broken(
                        "two lengths",
                        saying("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                        BAD_LENGTH),
                broken(
                        "a length and chunks",
                        saying("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        BAD_LENGTH),
                broken(
                        "a NUL in a header",
                        saying("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"),
                        "Malformed response: one of its headers has characters that HTTP does not allow"),
                fine(
                        "a chunk without a size",
                        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n")),
                // What it was sent, sent back.
                broken(
                        "an echo",
                        talk -> {
                            talk.readRequest();
                            talk.write(talk.lastRequest());
                        },
                        NO_HTTP),
                failed(
                        "an echo as reason phrase",
                        talk -> {
                            talk.readRequest();
                            talk.write("HTTP/1.1 404 " + HEADER_SECRET + BODY_SECRET + "\r\nContent-Length: 0\r\n\r\n");
                        },
                        "HTTP 404 Not Found"),
                // Interim responses.
                fine("100 first", saying("HTTP/1.1 100 Continue\r\n\r\n" + OK)),
                fine("103 first", saying("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + OK)),
                fine("102 and unknown ones first", saying("HTTP/1.1 102 x\r\n\r\nHTTP/1.1 199 x\r\nA: b\r\n\r\n" + OK)),
                failed(
                        "101",
                        saying("HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\0\1\2"),
                        "HTTP 101 Switching Protocols: Ringpost never asks for another protocol; answer with a 2xx"),
                failed(
                        "101 without upgrade",
                        saying("HTTP/1.1 101 x\r\n\r\n"),
                        "HTTP 101 Switching Protocols: Ringpost never asks for another protocol; answer with a 2xx"),
                // Redirects.
                redirect(301, "Moved Permanently"),
                redirect(302, "Found"),
                redirect(303, "See Other"),
                redirect(307, "Temporary Redirect"),
                redirect(308, "Permanent Redirect"),
                // Odd, but fine.
                fine("204 with a body", saying("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi")),
                fine("HTTP/1.0", Receiver.closingAfter("HTTP/1.0 200 OK\r\n\r\nhi")),
                fine("Connection: close", Receiver.closingAfter("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi")),
                fine("bytes behind the response", saying(OK + "HTTP/1.1 500 x\r\n\r\n")),
                fine(
                        "chunks with extensions and trailers",
                        saying(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\nX: y\r\n\r\n")),
                failed(
                        "a binary body",
                        saying("HTTP/1.1 500 x\r\nContent-Length: 4\r\n\r\n\0\u00ff\u00fe\u0080"),
                        "HTTP 500 Internal Server Error"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatIsAnswered(Case bad) throws Exception {
        try (Receiver receiver = new Receiver(bad.behaviour)) {
            boolean shallWait =
                    (bad.error != null && bad.error.startsWith("Timeout")) || bad.name.contains("at a time");
            AttemptResult result = send(receiver.url(), shallWait ? Sending.SHORT : Sending.PATIENT);
            check(bad, result);
            assertThat(receiver.connections).hasValue(1);
            theSocketIsFree();
        }
    }

    private static Stream<Case> connections() {
        return Stream.of(
                connect("expired", "TLS: the certificate of " + HOST + " has expired; renew it"),
                connect("not-yet-valid", "TLS: the certificate of " + HOST + " is not valid yet"),
                connect("wrong-host", "TLS: the certificate is not for " + HOST + " (wrong host)"),
                connect(
                        "untrusted",
                        "TLS: the certificate of " + HOST
                                + " is not trusted: self-signed, from an unknown authority, or"
                                + " without its intermediate certificates"));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void whatItsCertificateIs(Case bad) throws Exception {
        ServerSocketFactory sockets = switch (bad.name) {
            case "expired" -> certificates.signed(bad.name, "dns:" + HOST, "-startdate", "-10d", "-validity", "5");
            case "not-yet-valid" -> certificates.signed(bad.name, "dns:" + HOST, "-startdate", "+1d", "-validity", "1");
            case "wrong-host" -> certificates.signed(bad.name, "dns:other.test", "-validity", "2");
            default -> certificates.selfSigned(bad.name, "dns:" + HOST);
        };
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, sockets, bad.behaviour)) {
            check(bad, send(receiver.url("https", HOST), Sending.PATIENT));
            assertThat(receiver.requests).isEmpty();
            theSocketIsFree();
        }
    }

    static Stream<Case> handshakes() {
        return Stream.of(
                new Case(
                        "no TLS",
                        talk -> {
                            talk.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                            talk.hang();
                        },
                        Verdict.FAILED,
                        "TLS: WHERE does not speak TLS on this port; is it http?",
                        Phase.TLS),
                new Case(
                        "closed in the handshake",
                        talk -> talk.socket.getInputStream().read(),
                        Verdict.FAILED,
                        "TLS: WHERE closed the connection during the handshake",
                        Phase.TLS),
                new Case(
                        "reset in the handshake",
                        Receiver.Talk::reset,
                        Verdict.FAILED,
                        "TLS: WHERE closed the connection during the handshake",
                        Phase.TLS),
                new Case(
                        "silent in the handshake",
                        Receiver.Talk::hang,
                        Verdict.OVERLOADED,
                        "Timeout after 300 ms while connecting to WHERE (TCP and TLS handshake)",
                        Phase.TLS));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void whatItDoesInTheHandshake(Case bad) throws Exception {
        try (Receiver receiver = new Receiver(bad.behaviour)) {
            boolean shallWait = bad.verdict == Verdict.OVERLOADED;
            String error = String.valueOf(bad.error).replace("WHERE", "127.0.0.1:" + receiver.port());
            Case here = new Case(bad.name, bad.behaviour, bad.verdict, error, bad.phase);
            check(here, send(receiver.url("https", HOST), shallWait ? Sending.SHORT : Sending.PATIENT));
            theSocketIsFree();
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(Receiver.LOOPBACK))) {
            port = free.getLocalPort();
        }
        String error = "Connection refused by 127.0.0.1:" + port + ": nothing listens on this port";
        check(unconnected("refused", Verdict.FAILED, error, Phase.CONNECT), send("http://127.0.0.1:" + port + "/"));
        theSocketIsFree();
    }

    @Test
    void theNameIsUnknown() throws Exception {
        check(
                unconnected("unknown name", Verdict.FAILED, "DNS: unknown.test has no address", Phase.LOOKUP),
                send("http://unknown.test/"));
    }

    @Test
    void theNameServerIsSilent() throws Exception {
        String error = "Timeout after 300 ms while looking up silent.test in DNS";
        check(
                unconnected("silent name server", Verdict.OVERLOADED, error, Phase.LOOKUP),
                send("http://silent.test/", Sending.SHORT));
        theSocketIsFree();
    }

    /** A listener whose queue is full drops what knocks, as a firewall does. */
    @Test
    void theAddressIsSilent() throws Exception {
        List<Socket> knocking = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral(Receiver.LOOPBACK))) {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                knocking.add(socket);
                connectBriefly(socket, full);
            }
            String where = "127.0.0.1:" + full.getLocalPort();
            check(
                    unconnected(
                            "silent address",
                            Verdict.OVERLOADED,
                            "Timeout after 300 ms while connecting to " + where,
                            Phase.CONNECT),
                    send("http://" + where + "/", Sending.SHORT));
            theSocketIsFree();
        } finally {
            for (Socket socket : knocking) {
                socket.close();
            }
        }
    }

    private static void connectBriefly(Socket socket, ServerSocket server) {
        try {
            socket.connect(server.getLocalSocketAddress(), 200);
        } catch (IOException e) {
            // The queue is full: that is what is wanted.
        }
    }

    private AttemptResult send(String url) throws Exception {
        return send(url, Sending.PATIENT);
    }

    private AttemptResult send(String url, Duration timeout) throws Exception {
        return Sending.await(sending.start(new WebhookRequest(
                1,
                url,
                Map.of("content-type", "application/json", "x-secret", HEADER_SECRET),
                BODY_SECRET.getBytes(StandardCharsets.UTF_8),
                timeout)));
    }

    private void check(Case expected, AttemptResult result) {
        assertThat(result.error()).isEqualTo(expected.error);
        assertThat(result.verdict()).isEqualTo(expected.verdict);
        if (expected.error != null) {
            assertThat(expected.error).matches("(?:" + expected.phase.signs + ").*");
        }
        assertThat(result.responseBody() == null ? 0 : result.responseBody().length)
                .isLessThanOrEqualTo(16 * 1024);
        assertThat(log.list)
                .extracting(line -> line.getFormattedMessage() + line.getThrowableProxy())
                .noneMatch(line -> line.contains(HEADER_SECRET) || line.contains(BODY_SECRET));
    }

    /** It serves the next request, which would else time out; and then none is left but the one that is kept. */
    private void theSocketIsFree() throws Exception {
        try (Receiver good = new Receiver(Receiver.answering(OK))) {
            assertThat(send(good.url()).error()).isNull();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(sending.sender.openSockets()).isZero());
    }

    private static Case lost(String name, Behaviour behaviour, String error) {
        return new Case(name, behaviour, Verdict.FAILED, error, Phase.HEAD);
    }

    private static Case broken(String name, Behaviour behaviour, String error) {
        return new Case(name, behaviour, Verdict.FAILED, error, Phase.HEAD);
    }

    private static Case late(String name, Behaviour behaviour) {
        return new Case(name, behaviour, Verdict.OVERLOADED, "Timeout after 300 ms while " + HEAD, Phase.HEAD);
    }

    private static Case fine(String name, Behaviour behaviour) {
        return new Case(name, behaviour, Verdict.SUCCEEDED, null, Phase.ANSWERED);
    }

    private static Case failed(String name, Behaviour behaviour, String error) {
        return new Case(name, behaviour, Verdict.FAILED, error, Phase.ANSWERED);
    }

    private static Case slow(String name, Behaviour behaviour, int status) {
        String error = "HTTP " + status + " Service Unavailable";
        return new Case(name, behaviour, Verdict.OVERLOADED, error, Phase.ANSWERED);
    }

    private static Case redirect(int status, String phrase) {
        String error = "HTTP " + status + " " + phrase + ": redirects are not followed, give the final URL";
        Behaviour behaviour = saying("HTTP/1.1 " + status
                + " x\r\nLocation: http://127.0.0.1:1/latest/meta-data\r\nContent-Length: 0\r\n\r\n");
        return failed(Integer.toString(status), behaviour, error);
    }

    private static Case connect(String name, String error) {
        return new Case(name, Receiver.answering(OK), Verdict.FAILED, error, Phase.TLS);
    }

    private static Case unconnected(String name, Verdict verdict, String error, Phase phase) {
        return new Case(name, Receiver.Talk::hang, verdict, error, phase);
    }

    private static String head(String status) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: 1000000\r\n\r\nstart";
    }

    private static Behaviour saying(String text) {
        return talk -> {
            talk.readRequest();
            talk.write(text);
            talk.hang();
        };
    }

    private static Behaviour reset(String text) {
        return talk -> {
            talk.readRequest();
            talk.write(text);
            // What was written must be on its way before the reset overtakes it.
            talk.isOverWithin(50, MILLISECONDS);
            talk.reset();
        };
    }

    private static Behaviour dripping(String first, String drop) {
        return talk -> {
            talk.readRequest();
            talk.write(first);
            while (!talk.isOverWithin(50, MILLISECONDS)) {
                talk.write(drop);
            }
        };
    }

    private static Behaviour flooding(String first, String flood) {
        return talk -> {
            talk.readRequest();
            talk.write(first);
            while (true) {
                talk.write(flood);
            }
        };
    }
}
