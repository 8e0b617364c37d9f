package dev.ringpost.sender;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadReceiverTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK));

    @AfterEach
    void close() {
        sending.close();
    }

    @Test
    void refused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(Receiver.LOOPBACK))) {
            port = free.getLocalPort();
        }
        AttemptResult result = sending.send("http://127.0.0.1:" + port + "/");
        assertFailed(result, "Connection refused by 127.0.0.1:" + port + ": nothing listens on this port");
        assertThat(sending.sender.openSockets()).isZero();
    }

    @Test
    void closedBeforeTheResponse() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.Talk::readRequest)) {
            assertFailed(sending.send(receiver.url()), "Connection closed before the response");
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @Test
    void resetBeforeTheResponse() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.reset();
        })) {
            assertFailed(sending.send(receiver.url()), "Connection reset before the response");
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @Test
    void closedInTheHeaders() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.closingAfter("HTTP/1.1 200 OK\r\nContent-Le"))) {
            assertFailed(sending.send(receiver.url()), "Connection closed in the response: the headers were cut off");
        }
    }

    @Test
    void resetInTheBodyOfASuccessIsASuccess() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        })) {
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(result.responseBody()).asString().isEqualTo("half");
            assertThat(result.error()).isNull();
        }
    }

    @Test
    void cutOffBodyOfAFailureIsThatFailure() throws Exception {
        try (Receiver receiver =
                new Receiver(Receiver.closingAfter("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nhalf"))) {
            AttemptResult result = sending.send(receiver.url());
            assertFailed(result, "HTTP 500 Oops");
            assertThat(result.responseBody()).asString().isEqualTo("half");
        }
    }

    @Test
    void neverAnswering() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.Talk::hang)) {
            assertTimedOut(sending.send(receiver.url(), Sending.SHORT), "waiting for the response");
        }
    }

    @Test
    void aByteAtATimeInTheHeaders() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write("HTTP/1.1 200 OK\r\nX-Slow: ");
            while (!drip(talk)) {
                talk.write("x");
            }
        })) {
            assertTimedOut(sending.send(receiver.url(), Sending.SHORT), "waiting for the response");
        }
    }

    @Test
    void aByteAtATimeInTheBody() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nstart");
            while (!drip(talk)) {
                talk.write("x");
            }
        })) {
            AttemptResult result = sending.send(receiver.url(), Sending.SHORT);
            assertThat(result.verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(result.responseBody()).asString().startsWith("start");
            assertThat(sending.sender.idleSockets()).isZero();
        }
    }

    @Test
    void anEndlessBody() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write("HTTP/1.1 503 Busy\r\n\r\n");
            while (true) {
                talk.write("x".repeat(10_000));
            }
        })) {
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.verdict()).isEqualTo(Verdict.OVERLOADED);
            assertThat(result.error()).isEqualTo("HTTP 503 Busy");
            assertThat(result.responseBody()).hasSize(16 * 1024);
            assertThat(sending.sender.idleSockets()).isZero();
        }
    }

    @Test
    void aBodyOfJustTheLimitLeavesTheConnection() throws Exception {
        try (Receiver receiver = new Receiver(
                Receiver.answering("HTTP/1.1 200 OK\r\nContent-Length: 16384\r\n\r\n" + "x".repeat(16_384)))) {
            assertThat(sending.send(receiver.url()).responseBody()).hasSize(16_384);
            assertThat(sending.send(receiver.url()).responseBody()).hasSize(16_384);
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @Test
    void giganticHeaders() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write("HTTP/1.1 200 OK\r\n");
            while (true) {
                talk.write("X-Big: " + "x".repeat(1000) + "\r\n");
            }
        })) {
            assertFailed(sending.send(receiver.url()), "Malformed response: its headers have more than 32768 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 smtp.example.com ESMTP\r\n",
                "<html>hello</html>\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            })
    void malformed(String answer) throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write(answer);
            talk.hang();
        })) {
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.error()).startsWith("Malformed response").doesNotContain("\n", "Exception", "\tat ");
        }
    }

    @Test
    void aKeptConnectionClosedUnderTheNextRequestIsNoFailure() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write(OK);
            if (talk.number == 1) {
                talk.readRequest();
                talk.reset();
            }
        })) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(receiver.connections).hasValue(2);
            assertThat(receiver.requests).hasSize(3);
        }
    }

    @Test
    void itIsSentAgainOnceOnly() throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            if (talk.number == 1) {
                talk.write(OK);
                talk.readRequest();
            }
        })) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertFailed(sending.send(receiver.url()), "Connection closed before the response");
            assertThat(receiver.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n", "HTTP/1.1 200 OK\r\nX"})
    void itIsNotSentAgainAfterAnythingOfAnAnswer(String part) throws Exception {
        try (Receiver receiver = new Receiver(talk -> {
            talk.readRequest();
            talk.write(OK);
            talk.readRequest();
            talk.write(part);
        })) {
            assertThat(sending.send(receiver.url()).verdict()).isEqualTo(Verdict.SUCCEEDED);
            AttemptResult result = sending.send(receiver.url());
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.error()).startsWith("Connection closed");
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @Test
    void waitingForASocketEndsAtTheDeadlineToo() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.Talk::hang);
                Sending narrow = new Sending(Sending.settings(1, null), Sending.always(Receiver.LOOPBACK))) {
            var first = narrow.start(new WebhookRequest(receiver.url(), Map.of(), new byte[0], Sending.PATIENT));
            assertTimedOut(narrow.send(receiver.url(), Sending.SHORT), "waiting for a free socket of the sender");
            receiver.over.countDown();
            assertFailed(Sending.await(first), "Connection closed before the response");
        }
    }

    /** Waits a moment; true when the test is over. */
    private static boolean drip(Receiver.Talk talk) throws InterruptedException {
        return talk.isOverWithin(50, MILLISECONDS);
    }

    static void assertFailed(AttemptResult result, String error) {
        assertThat(result.error()).isEqualTo(error);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    }

    static void assertTimedOut(AttemptResult result, String doing) {
        assertThat(result.error()).isEqualTo("Timeout after 300 ms while " + doing);
        assertThat(result.verdict()).isEqualTo(Verdict.OVERLOADED);
        assertThat(result.responseStatus()).isNull();
        assertThat(result.responseBody()).isNull();
    }
}
