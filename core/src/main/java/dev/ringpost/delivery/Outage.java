package dev.ringpost.delivery;

import dev.ringpost.delivery.AttemptResult.Reach;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows when it is the sender's own network that is down, and not its receivers. While it is, attempts that reach nobody
 * say nothing about their endpoint and cost no step of a retry schedule, and only a few are made, to find the end.
 *
 * <p>It is down when endpoints on 3 hosts, of 2 accounts where there are several, have begun to be out of reach within a
 * minute and nothing was reached since the first of them. So one receiver that is down is no outage, nor are the dead
 * endpoints of one account, nor any number of dead endpoints beside one that is reached: whoever is reached ends it.
 * A mistake costs little for the same reason: the working endpoints have probes of their own.
 */
final class Outage {
    /** Two may fall together by chance, and often belong together; a port counts as a host of its own. */
    private static final int HOSTS = 3;

    /** Else an account could hold up the others with endpoints that it breaks itself. */
    private static final int ACCOUNTS = 2;

    /** Twice the longest timeout of an attempt: what one cause breaks comes to light within that. */
    private static final long TOGETHER = 60_000;

    /** Attempts a round and {@link Slots.Share}: more than one, as an endpoint may be dead by itself. */
    private static final int PROBES = 4;

    /** The second round may end a mistake at once; the last bounds how late the end is seen. */
    private static final long FIRST_PAUSE = 500;

    private static final long LAST_PAUSE = 15_000;

    /** An endpoint that was never reached may well be dead by itself, unless nothing was reached for so long. */
    private static final long CERTAIN = 1_000;

    /** What is down for longer without anything being reached is gone: it is to be given up like any other. */
    private static final long LONGEST = Duration.ofDays(1).toMillis();

    /** What an outage has held back goes within this time after it, and within the time that it lasted. */
    private static final long LONGEST_SPREAD = 60_000;

    private final RetryPolicy policy;
    private final Map<String, Fall> falls = new HashMap<>();
    private final Map<Slots.Share, Integer> probes = new EnumMap<>(Slots.Share.class);
    private long lastSeen;
    private boolean severalAccounts;
    private boolean reachedSince = true;
    private long since;
    private long reachedAt;
    private long endedAt;
    private long nextRoundAt;
    private long pause;

    /** An endpoint of this account began to be out of reach. */
    private record Fall(long account, long at) {}

    Outage(RetryPolicy policy) {
        this.policy = policy;
    }

    boolean isOn() {
        return since != 0;
    }

    /** There are endpoints of this account. */
    void sees(long account) {
        severalAccounts |= lastSeen != 0 && lastSeen != account;
        lastSeen = account;
    }

    /**
     * An attempt that ended like this says nothing about its endpoint.
     *
     * @param proven the endpoint was reached before
     */
    boolean excuses(AttemptResult result, boolean proven, long now) {
        if (result.reach() != Reach.UNREACHABLE) {
            return false;
        }
        return (isOn() && (proven || now - reachedAt >= CERTAIN)) || beganBeforeTheEnd(result, now);
    }

    private boolean beganBeforeTheEnd(AttemptResult result, long now) {
        return now - result.duration().toMillis() < endedAt;
    }

    /**
     * An attempt reached nobody.
     *
     * @param begins the endpoint's attempts did not fail before
     */
    void missed(AttemptResult result, long account, boolean begins, long now) {
        if (isOn() || !begins || !reachedSince || beganBeforeTheEnd(result, now)) {
            return;
        }
        falls.values().removeIf(fall -> now - fall.at() > TOGETHER);
        falls.put(host(result.url()), new Fall(account, now));
        long accounts = falls.values().stream().map(Fall::account).distinct().count();
        if (falls.size() >= HOSTS && accounts >= (severalAccounts ? ACCOUNTS : 1)) {
            falls.clear();
            since = now;
            nextRoundAt = now;
            pause = FIRST_PAUSE;
        }
    }

    private static String host(String url) {
        int begin = url.indexOf("://") + 3;
        int path = url.indexOf('/', begin);
        return path < 0 ? url.substring(begin) : url.substring(begin, path);
    }

    /**
     * Somebody was reached.
     *
     * @return over how many milliseconds what was held back is to be spread; 0: nothing was
     */
    long reached(long now) {
        falls.clear();
        reachedSince = true;
        reachedAt = now;
        return isOn() ? end(now) : 0;
    }

    /** Ends what has lasted too long to be believed; returns the same as {@link #reached}. */
    long expire(long now) {
        if (!isOn() || now - since < LONGEST) {
            return 0;
        }
        reachedSince = false;
        return end(now);
    }

    private long end(long now) {
        long lasted = Math.max(1, now - since);
        since = 0;
        endedAt = now;
        return Math.min(lasted, LONGEST_SPREAD);
    }

    /** Whether an attempt may begin now, as far as the network is concerned. */
    boolean maySend(Slots.Share share, long now) {
        if (!isOn()) {
            return true;
        }
        if (now >= nextRoundAt) {
            for (Slots.Share each : Slots.Share.values()) {
                probes.put(each, PROBES);
            }
            nextRoundAt = now + policy.jittered(pause);
            pause = Math.min(2 * pause, LAST_PAUSE);
        }
        return probes.getOrDefault(share, 0) > 0;
    }

    void sent(Slots.Share share) {
        if (isOn()) {
            probes.merge(share, -1, Integer::sum);
        }
    }

    /** When more attempts may begin, in milliseconds since 1970; {@link Long#MAX_VALUE} while there is no outage. */
    long nextAt() {
        return isOn() ? nextRoundAt : Long.MAX_VALUE;
    }
}
