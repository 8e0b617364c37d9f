package dev.ringpost.sender;

import io.vertx.core.http.HttpClientConnection;

/** An open connection. Whoever took it uses it alone until it is kept again or closed. */
final class Connection {
    final HttpClientConnection http;
    final Route route;

    /** These belong to {@link Connections}, under its lock. */
    boolean idle;

    boolean closed;
    long idleUntil;

    Connection(HttpClientConnection http, Route route) {
        this.http = http;
        this.route = route;
    }

    /** Returns at once; its socket counts until it is really gone. */
    void close() {
        http.close();
    }
}
