package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fuzz test of the URL parser against what the client really does: for each URL that is accepted, the name that is
 * looked up and vetted, the Host header and the TLS server name must be one and the same; and where Java understands the
 * URL, Java must see that host too. The resolver sends every name to this machine.
 */
class ConnectedHostTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final TargetPolicy LOCAL = new TargetPolicy(true, true);

    /** Hosts that parsers have disagreed about; in each of them one character or piece is then changed. */
    private static final List<String> HOSTS = List.of(
            "receiver.test",
            "RECEIVER.Test.",
            "a.b-c.d_e.test",
            "b\u00fccher.test",
            "\uff45\uff58\uff41mple.test",
            "ex\u00adample.test",
            "\u00e9\u3002test",
            "xn--bcher-kva.test",
            "fa\u00df.test",
            "\u2460\u2461.test",
            "127.0.0.1",
            "\uff11\uff12\uff17.0.0.1",
            "127\u30020\uff0e0\uff611",
            "127.0.0.1.test",
            "1.2.3.4.test",
            "0x7f.1",
            "2130706433",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "localhost");

    private static final String[] PIECES = {
        "",
        ".",
        "..",
        "-",
        "_",
        "@",
        ":",
        "/",
        "\\",
        "?",
        "#",
        "%",
        "%2e",
        "%00",
        "%40",
        " ",
        "\t",
        "\r\n",
        "\0",
        "[",
        "]",
        "a",
        "1",
        "0x",
        "\u3002",
        "\uff0e",
        "\uff61",
        "\uff0f",
        "\uff20",
        "\u200d",
        "\u200c",
        "\u00ad",
        "\u0301",
        "\u2024",
        "\u2100",
        "\ufe52",
        "\ud83d\ude00",
        "\ud800",
        "user@",
        ":pw@",
        "evil.test",
        "evil.test/",
        "evil.test?",
        "evil.test#"
    };

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final Random random = new Random(20260102);

    private CompletableFuture<Resolver.Answer> resolve(long account, String host) {
        lookedUp.add(host);
        return Sending.always(Receiver.LOOPBACK).resolve(account, host);
    }

    @Test
    void whatIsVettedIsWhatIsNamedInTheRequest() throws Exception {
        int sent = 0;
        try (Receiver receiver = new Receiver(Receiver.answering(OK));
                Sending sending = new Sending(Sending.LOCAL, this::resolve)) {
            for (int i = 0; i < 4000; i++) {
                String url = url("http", receiver.port());
                TargetUrl target = TargetUrl.check(url, LOCAL).target();
                if (target == null || target.port() != receiver.port() || leadsElsewhere(target)) {
                    continue;
                }
                sent++;
                lookedUp.clear();
                receiver.requests.clear();
                assertThat(sending.send(url).error()).as(url).isNull();
                assertThat(lookedUp).as(url).isEqualTo(target.literal() == null ? List.of(target.host()) : List.of());
                String request = receiver.requests.getFirst();
                assertThat(request).as(url).startsWith("POST " + target.pathAndQuery() + " HTTP/1.1\r\n");
                assertThat(request.lines().filter(line -> line.startsWith("host:")))
                        .as(url)
                        .containsExactly("host: " + target.host() + ":" + receiver.port());
                agreesWithJava(url, target);
            }
        }
        assertThat(sent).isGreaterThan(200);
    }

    @Test
    void whatIsVettedIsTheNameThatTlsAsksFor(@TempDir Path folder) throws Exception {
        Certificates certificates = new Certificates(folder);
        List<String> names = new CopyOnWriteArrayList<>();
        ServerSocketFactory sockets = noting(certificates.signed("any", "dns:receiver.test", "-validity", "2"), names);
        int sent = 0;
        try (Receiver receiver = new Receiver(Receiver.LOOPBACK, sockets, Receiver.answering(OK));
                Sending sending = new Sending(Sending.settings(64, certificates.pem()), this::resolve)) {
            for (int i = 0; i < 1500; i++) {
                String url = url("https", receiver.port());
                TargetUrl target = TargetUrl.check(url, LOCAL).target();
                if (target == null || target.port() != receiver.port() || leadsElsewhere(target)) {
                    continue;
                }
                sent++;
                names.clear();
                boolean isRight = target.host().equals("receiver.test");
                String error = sending.send(url, Duration.ofSeconds(20)).error();
                if (isRight) {
                    assertThat(error).as(url).isNull();
                } else {
                    assertThat(error).as(url).isIn(wrongHost(target), noCertificate(target));
                }
                if (!isRight || !names.isEmpty()) {
                    // TLS names no addresses, and Java no names with an underscore (RFC 6066, section 3).
                    boolean isNamed = target.literal() == null && target.host().matches("[a-z0-9.-]*\\.[a-z0-9.-]*");
                    assertThat(names).as(url).isEqualTo(isNamed ? List.of(target.host()) : List.of());
                }
            }
        }
        assertThat(sent).isGreaterThan(50);
    }

    private static String wrongHost(TargetUrl target) {
        return "TLS: the certificate is not for " + target.host() + " (wrong host)";
    }

    private static String noCertificate(TargetUrl target) {
        return "TLS: no certificate can be for " + target.host() + ": names in certificates have no underscore there";
    }

    /** Only this machine is sent to. */
    private static boolean leadsElsewhere(TargetUrl target) {
        return target.literal() != null && !target.literal().equals(InetAddress.ofLiteral(Receiver.LOOPBACK));
    }

    private String url(String scheme, int port) {
        StringBuilder host = new StringBuilder(HOSTS.get(random.nextInt(HOSTS.size())));
        for (int n = random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(host.length() + 1);
            int end = Math.min(host.length(), at + random.nextInt(2));
            host.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        }
        return scheme + "://" + host + ":" + port
                + List.of("", "/", "/x@y:1/?z=//evil.test", "?q").get(random.nextInt(4));
    }

    private static void agreesWithJava(String url, TargetUrl target) {
        try {
            String host = new URI(url).getHost();
            if (host != null) {
                String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
                assertThat(name.toLowerCase(Locale.ROOT)).as(url).isEqualTo(target.host());
            }
        } catch (URISyntaxException e) {
            // It need not understand all that passes, such as names in Unicode.
        }
    }

    /** Sockets that note the server names that clients ask for. */
    private static ServerSocketFactory noting(ServerSocketFactory sockets, List<String> names) {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) sockets.createServerSocket(port, backlog, address);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setSNIMatchers(List.of(new SNIMatcher(0) {
                    @Override
                    public boolean matches(SNIServerName name) {
                        names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                        return true;
                    }
                }));
                socket.setSSLParameters(parameters);
                return socket;
            }

            @Override
            public ServerSocket createServerSocket(int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
