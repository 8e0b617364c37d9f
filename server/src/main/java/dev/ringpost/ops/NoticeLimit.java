package dev.ringpost.ops;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Notice;
import dev.ringpost.delivery.NoticePayloads;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of notices from becoming a flood of events. Of each account and kind of notice the first
 * {@value #OF_A_KIND} in a second pass at once. Of those that follow only the newest is kept; it passes in a later
 * second, with the number of the others. All together {@value #IN_ALL} pass in a second.
 *
 * <p>Used under its owner's lock.
 */
final class NoticeLimit {
    static final int OF_A_KIND = 10;
    static final int IN_ALL = 100;

    /** Accounts times kinds that are remembered: what is beyond is left out without being counted. */
    private static final int MOST_SHARES = 10_000;

    private final Map<Key, Share> shares = new LinkedHashMap<>();
    private final Queue<Passed> passed = new ArrayDeque<>();
    private long second;
    private int inAll;

    /**
     * A notice that may be sent.
     *
     * @param suppressed how many of its account and kind were left out before it
     */
    record Passed(Notice notice, long suppressed) {}

    private record Key(long account, EventType type) {}

    /** What one account and kind has had of this second. */
    private static final class Share {
        private int passed;
        private @Nullable Notice held;
        private long suppressed;
    }

    void add(Notice notice, Instant now) {
        startSecond(now);
        Key key = new Key(notice.webhook().account(), NoticePayloads.typeOf(notice));
        Share share = shares.get(key);
        if (share == null) {
            if (shares.size() >= MOST_SHARES) {
                return;
            }
            share = new Share();
            shares.put(key, share);
        }
        if (share.held == null && share.passed < OF_A_KIND && mayPass()) {
            pass(share, notice);
        } else {
            share.suppressed += share.held == null ? 0 : 1;
            share.held = notice;
        }
    }

    /** What has passed since the last time, at most {@value #IN_ALL}. */
    List<Passed> take(Instant now) {
        startSecond(now);
        List<Passed> taken = new ArrayList<>(passed);
        passed.clear();
        return taken;
    }

    /** The longest held pass first; those that don't find room keep their place in front. */
    private void startSecond(Instant now) {
        if (now.getEpochSecond() == second) {
            return;
        }
        second = now.getEpochSecond();
        inAll = 0;
        for (Iterator<Share> all = shares.values().iterator(); all.hasNext(); ) {
            Share share = all.next();
            Notice held = share.held;
            if (held != null && mayPass()) {
                share.held = null;
                pass(share, held);
            }
            if (share.held == null) {
                // It comes back behind the others, so that nobody is passed over for ever.
                all.remove();
            }
        }
    }

    /** Also bounds what waits to be taken, where nobody takes it. */
    private boolean mayPass() {
        return inAll < IN_ALL && passed.size() < IN_ALL;
    }

    private void pass(Share share, Notice notice) {
        share.passed++;
        inAll++;
        passed.add(new Passed(notice, share.suppressed));
        share.suppressed = 0;
    }
}
