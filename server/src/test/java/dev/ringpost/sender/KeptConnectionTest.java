package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are kept, and what happens when one goes away under the next request. */
class KeptConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK));

    @AfterEach
    void close() {
        sending.close();
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
            Sending.assertFailed(sending.send(receiver.url()), "Connection closed before the response");
            assertThat(receiver.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n",
                "HTTP/1.1 104 x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX"
            })
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
            var first = narrow.start(new WebhookRequest(1, receiver.url(), Map.of(), new byte[0], Sending.PATIENT));
            Sending.assertTimedOut(
                    narrow.send(receiver.url(), Sending.SHORT), "waiting for a free socket of the sender");
            receiver.over.countDown();
            Sending.assertFailed(Sending.await(first), "Connection closed before the response");
        }
    }
}
