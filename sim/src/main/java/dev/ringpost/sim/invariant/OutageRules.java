package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One engine and the network between it and all receivers: what it may take for an outage, and what an outage may cost.
 * Written a second time here, from {@code docs/decisions/0007-a-network-that-is-down.md}.
 */
final class OutageRules {
    private static final int HOSTS = 3;
    private static final int ACCOUNTS = 2;
    private static final long TOGETHER = 60_000;
    private static final long CERTAIN = 1_000;
    private static final long LONGEST = Duration.ofDays(1).toMillis();
    private static final long LONGEST_SPREAD = 60_000;

    /** 4 for each of the four kinds of endpoints that share the slots. */
    private static final int PROBES_A_ROUND = 16;

    private static final List<Long> PAUSES = List.of(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L);
    private static final double LEAST_JITTER = 0.8;

    /** Shorter ones show nothing. */
    private static final long TELLING_SPREAD = 10_000;

    private static final int TOGETHER_BY_CHANCE = 3;

    /** By host: those that began to be out of reach since somebody was reached. */
    private final Map<String, Fall> falls = new HashMap<>();

    private final Set<Long> accounts = new HashSet<>();
    private boolean on;
    private boolean reachedSince = true;
    private long since;
    private long reachedAt;
    private long endedAt;
    private int probes;
    private Spread spread = new Spread(0, 0);

    private record Fall(long account, long at) {}

    /** What an outage has held back goes within a while after it. */
    private static final class Spread {
        private final long begin;
        private final long millis;
        private final Set<Long> released = new HashSet<>();
        private final Map<Long, Integer> bySecond = new HashMap<>();

        Spread(long begin, long millis) {
            this.begin = begin;
            this.millis = millis;
        }

        private boolean isOver(long now) {
            return now - begin >= millis;
        }
    }

    /** The engine has endpoints of this account. */
    void sees(long account) {
        accounts.add(account);
    }

    /** A new event takes its endpoint's waiting ones with it; so does what somebody asks for, and a repair. */
    void hurries(long endpoint) {
        spread.released.add(endpoint);
    }

    /** An attempt begins. */
    void begins(long endpoint, boolean cutOff, long now) {
        if (cutOff) {
            probes++;
            onlyAFewAttemptsLookForTheEnd(now);
        } else if (!spread.isOver(now) && spread.released.add(endpoint)) {
            spread.bySecond.merge((now - spread.begin) / 1000, 1, Integer::sum);
        } else if (spread.isOver(now)) {
            theEndOfAnOutageIsSpread();
            spread = new Spread(now, 0);
        }
    }

    private void onlyAFewAttemptsLookForTheEnd(long now) {
        int rounds = 1;
        long at = since;
        for (int pause = 0; at <= now; pause++) {
            at += Math.round(PAUSES.get(Math.min(pause, PAUSES.size() - 1)) * LEAST_JITTER);
            rounds++;
        }
        if (on && probes > rounds * PROBES_A_ROUND) {
            throw new Broken(
                    "onlyAFewAttemptsLookForTheEnd",
                    probes + " attempts in " + (now - since) + " ms of an outage, in " + rounds + " rounds");
        }
    }

    private void theEndOfAnOutageIsSpread() {
        if (spread.millis < TELLING_SPREAD) {
            return;
        }
        int all = spread.bySecond.values().stream().mapToInt(Integer::intValue).sum();
        int most = spread.bySecond.values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        if (most > TOGETHER_BY_CHANCE + all / 2) {
            throw new Broken(
                    "theEndOfAnOutageIsSpread",
                    most + " of " + all + " endpoints went in one second, of " + spread.millis + " ms");
        }
    }

    /**
     * What an attempt that reached nobody says about its endpoint: nothing.
     *
     * @param proven the endpoint was reached before
     */
    boolean excuses(AttemptResult result, boolean proven, boolean cutOff, long now) {
        boolean certain = proven || now - reachedAt >= CERTAIN;
        return result.reach() == Reach.UNREACHABLE
                && ((cutOff && certain) || now - result.duration().toMillis() < endedAt);
    }

    /**
     * The engine has taken in how an attempt ended.
     *
     * @param before of the endpoint, as its lane had it before
     * @param cutOff the engine takes the network for down by now
     */
    void heard(Fate fate, AttemptResult result, Health before, Health after, boolean cutOff, long now) {
        boolean excused = excuses(result, before.lastSuccessAt() > 0, cutOff, now);
        if (excused && after.failures() > before.failures()) {
            throw new Broken("anOutageOpensNoBreaker", fate + " counts: " + after + " after " + before);
        }
        switch (result.reach()) {
            case REACHED -> reached(cutOff, now);
            case UNREACHABLE -> missed(fate, result, before, cutOff, now);
            case UNTRIED -> {}
        }
    }

    private void reached(boolean cutOff, long now) {
        if (cutOff) {
            throw new Broken("whoIsReachedEndsTheOutage", "it lasts since " + since);
        }
        if (on) {
            ended(now);
        }
        falls.clear();
        reachedSince = true;
        reachedAt = now;
    }

    private void ended(long now) {
        on = false;
        endedAt = now;
        spread = new Spread(now, Math.min(now - since, LONGEST_SPREAD));
    }

    private void missed(Fate fate, AttemptResult result, Health before, boolean cutOff, long now) {
        boolean late = now - result.duration().toMillis() < endedAt;
        if (!on && before.failures() == 0 && reachedSince && !late) {
            falls.values().removeIf(fall -> now - fall.at() > TOGETHER);
            falls.put(result.url(), new Fall(fate.delivery.account(), now));
        }
        Set<Long> fallen = new HashSet<>();
        falls.values().forEach(fall -> fallen.add(fall.account()));
        boolean enough = falls.size() >= HOSTS;
        if (cutOff && !on) {
            if (!enough || (fallen.size() < ACCOUNTS && accounts.size() > 1)) {
                throw new Broken("oneReceiverThatIsDownIsNoOutage", new ArrayList<>(falls.keySet()).toString());
            }
            began(now);
        } else if (!cutOff && enough && fallen.size() >= ACCOUNTS) {
            throw new Broken("aNetworkThatIsDownIsKnown", "out of reach: " + falls);
        }
    }

    private void began(long now) {
        on = true;
        since = now;
        probes = 0;
        falls.clear();
    }

    /** Between its turns. */
    void looked(boolean cutOff, long now) {
        if (on && !cutOff) {
            if (now - since < LONGEST) {
                throw new Broken("onlyWhoIsReachedEndsAnOutage", "it ended after " + (now - since) + " ms");
            }
            reachedSince = false;
            ended(now);
        }
    }
}
