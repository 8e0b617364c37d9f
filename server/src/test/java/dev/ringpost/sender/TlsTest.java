package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class TlsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String HOST = "receiver.test";

    private Path folder;

    private Certificates certificates;
    private Sending sending;
    private ServerSocketFactory good;

    @BeforeAll
    void generate(@TempDir Path temporary) throws Exception {
        folder = temporary;
        certificates = new Certificates(folder);
        good = certificates.signed("good", "dns:" + HOST + ",ip:127.0.0.1", "-validity", "2");
        sending = new Sending(Sending.settings(64, certificates.pem()), Sending.always(Receiver.LOOPBACK));
    }

    @AfterAll
    void close() {
        sending.close();
    }

    @Test
    void verifiesTheHostAndKeepsTheConnection() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, good, talk -> {
            talk.readRequest();
            var names = ((ExtendedSSLSession) ((SSLSocket) talk.socket).getSession()).getRequestedServerNames();
            talk.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Sni: " + names + "\r\n\r\n");
            talk.readRequest();
            talk.write(OK);
            talk.hang();
        })) {
            AttemptResult result = sending.send(receiver.url("https", HOST));
            assertThat(result.error()).isNull();
            assertThat(result.responseHeaders().toString()).contains("value=" + HOST);
            assertThat(receiver.requests.getFirst()).contains("host: " + HOST + ":" + receiver.port());
            assertThat(sending.send(receiver.url("https", HOST)).verdict()).isEqualTo(Verdict.SUCCEEDED);
            assertThat(receiver.connections).hasValue(1);
        }
    }

    @Test
    void verifiesAddresses() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, good, Receiver.answering(OK))) {
            assertThat(sending.send(receiver.url("https", "127.0.0.1")).error()).isNull();
        }
    }

    @Test
    void verifiesIpv6Addresses() throws Exception {
        ServerSocketFactory six = certificates.signed("six", "ip:::1", "-validity", "2");
        try (Receiver receiver = new Receiver("::1", six, Receiver.answering(OK))) {
            assertThat(sending.send(receiver.url("https", "[::1]")).error()).isNull();
        }
    }

    @Test
    void wrongAddress() throws Exception {
        ServerSocketFactory named = certificates.signed("named", "dns:" + HOST, "-validity", "2");
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, named, Receiver.answering(OK))) {
            Sending.assertFailed(
                    sending.send(receiver.url("https", "127.0.0.1")),
                    "TLS: the certificate is not for 127.0.0.1 (wrong host)");
        }
    }

    @Test
    void plainHttpIsNotHttps() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, good, Receiver.answering(OK))) {
            AttemptResult result = sending.send(receiver.url("http", HOST));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(receiver.requests).isEmpty();
        }
    }

    @Test
    void aKeptConnectionClosedUnderTheNextRequestIsNoFailure() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, good, talk -> {
            talk.readRequest();
            talk.write(OK);
            if (talk.number == 1) {
                talk.readRequest();
            }
        })) {
            assertThat(sending.send(receiver.url("https", HOST)).error()).isNull();
            assertThat(sending.send(receiver.url("https", HOST)).error()).isNull();
            assertThat(receiver.connections).hasValue(2);
        }
    }

    @Test
    void trustNeedsAFileOfCertificates() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> Trust.of(empty)).hasMessageContaining("empty.pem is not a PEM file of certificates");
        assertThatThrownBy(() -> Trust.of(folder.resolve("none.pem")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.pem");
        assertThat(Trust.of(null)).isNotNull();
    }
}
