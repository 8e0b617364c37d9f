package dev.ringpost.sender;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to an address that was vetted, for a host that TLS then verifies. Nothing here looks up a name, asks a
 * proxy or follows a redirect.
 */
final class Connector {
    /** Status line and headers beyond these end the attempt: a response is nothing that Ringpost needs much of. */
    static final int MAX_HEADER_BYTES = 32 * 1024;

    private static final int MAX_STATUS_LINE_BYTES = 4 * 1024;

    /**
     * Vert.x knows a connect timeout for a client only, not for a connection. So there is a client for each of these, and
     * a connection that an attempt no longer waits for is gone soon after the attempt's own deadline.
     */
    private static final List<Duration> TIMEOUTS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30));

    private final List<HttpClientAgent> clients = new ArrayList<>();

    Connector(Vertx vertx, TrustOptions trust) {
        for (Duration timeout : TIMEOUTS) {
            clients.add(vertx.createHttpClient(options(timeout, trust)));
        }
    }

    /** Fails with the reason; may stay undecided for up to twice the timeout. */
    Future<HttpClientConnection> connect(Route route, Duration timeout) {
        return client(timeout)
                .connect(new HttpConnectOptions()
                        .setServer(
                                SocketAddress.inetSocketAddress(new InetSocketAddress(route.address(), route.port())))
                        .setHost(route.host())
                        .setPort(route.port())
                        .setSsl(route.tls()));
    }

    Future<Void> close() {
        return Future.join(clients.stream().map(HttpClientAgent::close).toList())
                .mapEmpty();
    }

    private HttpClientAgent client(Duration timeout) {
        for (int i = 0; i < TIMEOUTS.size(); i++) {
            if (timeout.compareTo(TIMEOUTS.get(i)) <= 0) {
                return clients.get(i);
            }
        }
        return clients.getLast();
    }

    private static HttpClientOptions options(Duration timeout, TrustOptions trust) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                .setTrustOptions(trust)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES);
        options.setSslHandshakeTimeout(timeout.toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return options;
    }
}
