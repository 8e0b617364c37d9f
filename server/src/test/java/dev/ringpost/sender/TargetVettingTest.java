package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.sender.Resolver.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetVettingTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1/, 8.8.8.8, 127.0.0.1 is a loopback address",
        "https://[::1]:8443/, 8.8.8.8, 0:0:0:0:0:0:0:1 is a loopback address",
        "https://127.1/, 8.8.8.8, ends in a number",
        "https://localhost/, 8.8.8.8, sending machine itself",
        "http://receiver.test/, 8.8.8.8, must start with https://",
        "https://receiver.test/, 10.1.2.3, 10.1.2.3 is a private address",
        "https://receiver.test/, 169.254.169.254, 169.254.169.254 is a cloud's metadata address",
        "https://receiver.test/, 8.8.8.8 127.0.0.1, 127.0.0.1 is a loopback address",
        "https://receiver.test/, 2606:4700::1111 fd00::1, fd00:0:0:0:0:0:0:1 is a unique local address",
        "https://receiver.test/, 64:ff9b::a00:1, the IPv4 address in it is a private address",
    })
    void refusesWhatIsNotPublicAtTheAttempt(String url, String addresses, String why) throws Exception {
        try (Sending strict = new Sending(SenderSettings.DEFAULT, Sending.always(addresses.split(" ")))) {
            AttemptResult result = strict.send(url);
            assertThat(result.error()).startsWith("Target refused: ").contains(why);
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(strict.sender.openSockets()).isZero();
        }
    }

    @Test
    void saysThatANameWasNotFound() throws Exception {
        Answer none = new Answer.NotFound("receiver.test has no address");
        try (Sending sending = new Sending(Sending.LOCAL, (account, host) -> CompletableFuture.completedFuture(none))) {
            Sending.assertFailed(sending.send("https://receiver.test/"), "DNS: receiver.test has no address");
        }
    }

    @Test
    void aLookupWithoutAnEndEndsAtTheDeadline() throws Exception {
        CompletableFuture<Answer> never = new CompletableFuture<>();
        try (Sending sending = new Sending(Sending.LOCAL, (account, host) -> never)) {
            Sending.assertTimedOut(
                    sending.send("https://receiver.test/", Sending.SHORT), "looking up receiver.test in DNS");
            never.complete(new Answer.NotFound("too late"));
        }
    }

    @Test
    void connectsToTheVettedAddressWithoutAnotherLookup() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        Resolver counting = (account, host) -> {
            lookups.incrementAndGet();
            return Sending.always(Receiver.LOOPBACK).resolve(account, host);
        };
        // The system knows no such name: had the client looked it up again, it could not have connected.
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, counting)) {
            assertThat(sending.send(receiver.url("http", "no-such-host.invalid"))
                            .verdict())
                    .isEqualTo(Verdict.SUCCEEDED);
            assertThat(lookups).hasValue(1);
            assertThat(receiver.requests.getFirst()).contains("host: no-such-host.invalid:" + receiver.port());
        }
    }

    @Test
    void aChangedAddressGetsAConnectionOfItsOwn() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        Resolver changing = (account, host) ->
                Sending.always("127.0.0." + lookups.incrementAndGet()).resolve(account, host);
        try (Receiver one = new Receiver(Receiver.answering(OK));
                Receiver two = new Receiver(
                        "127.0.0.2", one.port(), ServerSocketFactory.getDefault(), Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, changing)) {
            sending.send(one.url("http", "receiver.test"));
            sending.send(one.url("http", "receiver.test"));
            assertThat(one.requests).hasSize(1);
            assertThat(two.requests).hasSize(1);
        }
    }

    @Test
    void aConnectionBelongsToItsHost() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK))) {
            sending.send(receiver.url("http", "one.test"));
            sending.send(receiver.url("http", "two.test"));
            assertThat(receiver.connections).hasValue(2);
            assertThat(receiver.requests.get(1)).contains("host: two.test:");
        }
    }

    @Test
    void triesTheNextAddressWhereOneIsRefused() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, Sending.always("127.0.0.9", Receiver.LOOPBACK))) {
            assertThat(sending.send(receiver.url("http", "receiver.test")).verdict())
                    .isEqualTo(Verdict.SUCCEEDED);
            assertThat(sending.sender.openSockets()).isEqualTo(1);
        }
    }

    @Test
    void connectsToIpv6Literals() throws Exception {
        try (Receiver receiver = new Receiver("::1", ServerSocketFactory.getDefault(), Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK))) {
            assertThat(sending.send(receiver.url("http", "[::1]")).error()).isNull();
            assertThat(receiver.requests.getFirst()).contains("host: [::1]:" + receiver.port());
        }
    }

    @Test
    void sendsNothingThroughAProxy() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.ofLiteral(Receiver.LOOPBACK));
                Receiver receiver = new Receiver(Receiver.answering(OK))) {
            System.setProperty("http.proxyHost", Receiver.LOOPBACK);
            System.setProperty("http.proxyPort", Integer.toString(proxy.getLocalPort()));
            try (Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK))) {
                assertThat(sending.send(receiver.url("http", "receiver.test")).verdict())
                        .isEqualTo(Verdict.SUCCEEDED);
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
            }
        }
    }
}
