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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to an address that was vetted, for a host that TLS then verifies. Nothing here looks up a name, asks a
 * proxy or follows a redirect.
 */
final class Connector {
    /** Status line and headers beyond these end the attempt: a response is nothing that Ringpost needs much of. */
    static final int MAX_HEADER_BYTES = 32 * 1024;

    private static final int MAX_STATUS_LINE_BYTES = 4 * 1024;

    private static final int LONGEST_SECONDS = 30;

    private final Vertx vertx;
    private final TrustOptions trust;

    /**
     * By connect timeout in seconds. Vert.x knows one for a client only, not for a connection; so there is a client for
     * each, and a socket that an attempt no longer waits for is gone within a second of the attempt's deadline (where TCP
     * alone took most of the time, within as long as TLS may take).
     */
    private final ConcurrentMap<Integer, HttpClientAgent> clients = new ConcurrentHashMap<>();

    Connector(Vertx vertx, TrustOptions trust) {
        this.vertx = vertx;
        this.trust = trust;
    }

    /**
     * Fails with the reason. Called on an event loop.
     *
     * @param timeout of the connection and, again, of the TLS handshake; rounded up to seconds, from 1 to 30
     */
    Future<HttpClientConnection> connect(Route route, Duration timeout) {
        int seconds = Math.clamp(timeout.plusMillis(999).toSeconds(), 1, LONGEST_SECONDS);
        HttpClientAgent client = clients.computeIfAbsent(
                seconds, chosen -> vertx.createHttpClient(options(Duration.ofSeconds(chosen), trust)));
        try {
            return client.connect(new HttpConnectOptions()
                            .setServer(SocketAddress.inetSocketAddress(
                                    new InetSocketAddress(route.address(), route.port())))
                            .setHost(route.host())
                            .setPort(route.port())
                            .setSsl(route.tls()))
                    .onSuccess(InterimResponses::understandAllOn);
        } catch (IllegalStateException closed) {
            // The sender was closed while this attempt waited for its turn; the client says so by throwing.
            return Future.failedFuture(closed);
        }
    }

    Future<Void> close() {
        return Future.join(clients.values().stream().map(HttpClientAgent::close).toList())
                .mapEmpty();
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
