package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.AttemptResult.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an attempt says of the network: only what shows that somebody is there counts as reached. */
class ReachTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @Test
    void anAnswerOfAnyKindIsReached() throws Exception {
        for (String answer : new String[] {OK, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", "nonsense\r\n\r\n"}) {
            try (Receiver receiver = new Receiver(Receiver.answering(answer))) {
                assertThat(reach(receiver.url(), Sending.PATIENT)).isEqualTo(Reach.REACHED);
            }
        }
    }

    @Test
    void aConnectionThatIsTakenAndNotAnsweredIsReached() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(reach("http://127.0.0.1:" + mute.getLocalPort() + "/", Sending.SHORT))
                    .isEqualTo(Reach.REACHED);
        }
    }

    @Test
    void aRefusedConnectionIsUnreachable() throws Exception {
        assertThat(reach("http://127.0.0.1:" + closedPort() + "/", Sending.PATIENT))
                .isEqualTo(Reach.UNREACHABLE);
    }

    @Test
    void aNameWithoutAnAddressIsUnreachable() throws Exception {
        Resolver none = (account, host) ->
                CompletableFuture.completedFuture(new Resolver.Answer.NotFound("there is no such name"));
        try (Sending sending = new Sending(Sending.LOCAL, none)) {
            assertThat(sending.send("http://nowhere.test/").reach()).isEqualTo(Reach.UNREACHABLE);
        }
    }

    @Test
    void aTargetThatIsNotAllowedWasNotTried() throws Exception {
        SenderSettings strict = new SenderSettings(false, true, 4, Duration.ofSeconds(30), null);
        try (Sending sending = new Sending(strict, Sending.always(Receiver.LOOPBACK))) {
            assertThat(sending.send("http://receiver.test/").reach()).isEqualTo(Reach.UNTRIED);
        }
    }

    private static Reach reach(String url, Duration timeout) throws Exception {
        try (Sending sending = new Sending(Sending.LOCAL, Sending.always(Receiver.LOOPBACK))) {
            return sending.send(url, timeout).reach();
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
