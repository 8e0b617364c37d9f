package dev.ringpost.api.connection;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * All connections of the server, up to a bound. At the bound room is made by closing the one that has been waiting
 * longest for a request: idle ones, and those whose head does not get on, can't keep anybody out.
 *
 * <p>Used from all event loops.
 */
public final class OpenConnections {
    private final int most;

    /** Those without a request in progress, the longest waiting first. */
    private final LinkedHashSet<ConnectionGuard> waiting = new LinkedHashSet<>();

    private int open;

    public OpenConnections(int most) {
        this.most = most;
    }

    /** How many there are. */
    public synchronized int open() {
        return open;
    }

    /** False where there is no room and none can be made. */
    boolean opened(ConnectionGuard guard) {
        ConnectionGuard victim;
        synchronized (this) {
            victim = open < most ? null : longestWaiting();
            if (open >= most && victim == null) {
                return false;
            }
            open++;
            waiting.add(guard);
        }
        if (victim != null) {
            victim.makeRoom();
        }
        return true;
    }

    synchronized void busy(ConnectionGuard guard) {
        waiting.remove(guard);
    }

    synchronized void waits(ConnectionGuard guard) {
        waiting.add(guard);
    }

    synchronized void closed(ConnectionGuard guard) {
        waiting.remove(guard);
        open--;
    }

    private @Nullable ConnectionGuard longestWaiting() {
        if (waiting.isEmpty()) {
            return null;
        }
        return waiting.removeFirst();
    }
}
