package dev.ringpost.sender;

import io.vertx.core.http.HttpClientConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All sockets of the sender: how many there may be, and which of them are kept for the next request. When all are in use
 * the one that was idle longest goes first; when none is idle, who asks waits in line.
 *
 * <p>Used from all event loops. The lock is held for a few instructions only, never while anything is called.
 */
final class Connections {
    /** Who wants to open a socket. */
    interface Opener {
        /** It may now; called on the opener's event loop, at once or later. It owes a {@link #release()} or a connection. */
        void mayOpen();

        /** Calls {@link #mayOpen()} on the opener's event loop. */
        void mayOpenLater();
    }

    private final Object lock = new Object();
    private final int maxSockets;
    private final long keepMillis;
    private final InstantSource clock;

    private final Map<Route, ArrayDeque<Connection>> idleByRoute = new HashMap<>();

    /** The longest idle first. */
    private final LinkedHashSet<Connection> idle = new LinkedHashSet<>();

    private final ArrayDeque<Opener> waiting = new ArrayDeque<>();
    private int open;

    Connections(int maxSockets, Duration keepAlive, InstantSource clock) {
        this.maxSockets = maxSockets;
        this.keepMillis = keepAlive.toMillis();
        this.clock = clock;
    }

    /** A kept connection, the one used last; null if there is none. */
    @Nullable
    Connection takeIdle(Route route) {
        synchronized (lock) {
            ArrayDeque<Connection> kept = idleByRoute.get(route);
            if (kept == null) {
                return null;
            }
            Connection connection = kept.getLast();
            removeIdle(connection);
            return connection;
        }
    }

    /** Lets the opener open one socket as soon as there is room. */
    void reserve(Opener opener) {
        Connection victim = null;
        synchronized (lock) {
            if (open < maxSockets) {
                open++;
            } else {
                waiting.add(opener);
                victim = idle.isEmpty() ? null : idle.getFirst();
                if (victim != null) {
                    removeIdle(victim);
                } else {
                    return;
                }
            }
        }
        if (victim != null) {
            victim.close();
        } else {
            opener.mayOpen();
        }
    }

    /** A socket that was reserved is gone, or was never opened. */
    void release() {
        Opener next;
        synchronized (lock) {
            // It may have given up: then it releases the socket again, on its own event loop.
            next = waiting.poll();
            if (next == null) {
                open--;
            }
        }
        if (next != null) {
            next.mayOpenLater();
        }
    }

    /** Takes care of a connection that was opened under a reservation. */
    Connection opened(HttpClientConnection http, Route route) {
        Connection connection = new Connection(http, route);
        // What goes wrong in a request is told to the request; in an idle connection it concerns nobody.
        http.exceptionHandler(error -> {});
        http.closeHandler(gone -> closed(connection));
        return connection;
    }

    /**
     * Keeps a connection for the next request.
     *
     * @param atMost how long its receiver says that it will keep it; null if it does not say
     */
    void keep(Connection connection, @Nullable Duration atMost) {
        long millis = atMost == null ? keepMillis : Math.min(keepMillis, atMost.toMillis());
        boolean kept;
        synchronized (lock) {
            kept = !connection.closed && waiting.isEmpty() && millis > 0;
            if (kept) {
                connection.idle = true;
                connection.idleUntil = clock.millis() + millis;
                idle.add(connection);
                idleByRoute
                        .computeIfAbsent(connection.route, route -> new ArrayDeque<>(2))
                        .add(connection);
            }
        }
        if (!kept) {
            connection.close();
        }
    }

    /** Closes what has been idle for its time. */
    void closeExpired() {
        List<Connection> expired = new ArrayList<>();
        synchronized (lock) {
            long now = clock.millis();
            Iterator<Connection> connections = idle.iterator();
            while (connections.hasNext()) {
                Connection connection = connections.next();
                if (connection.idleUntil <= now) {
                    expired.add(connection);
                }
            }
            expired.forEach(this::removeIdle);
        }
        expired.forEach(Connection::close);
    }

    /** How many sockets there are: busy, kept and on their way. */
    int open() {
        synchronized (lock) {
            return open;
        }
    }

    /** How many of them are kept for the next request. */
    int idle() {
        synchronized (lock) {
            return idle.size();
        }
    }

    private void closed(Connection connection) {
        synchronized (lock) {
            connection.closed = true;
            if (connection.idle) {
                removeIdle(connection);
            }
        }
        release();
    }

    private void removeIdle(Connection connection) {
        connection.idle = false;
        idle.remove(connection);
        ArrayDeque<Connection> kept = idleByRoute.get(connection.route);
        if (kept != null) {
            kept.removeLastOccurrence(connection);
            if (kept.isEmpty()) {
                idleByRoute.remove(connection.route);
            }
        }
    }
}
