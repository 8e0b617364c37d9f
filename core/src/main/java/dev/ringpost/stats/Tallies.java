package dev.ringpost.stats;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was counted since it was last taken to the store: of each account by the minute, of each endpoint by the hour. Its
 * memory is bounded: where there is no room for another account or endpoint, what happens there is not counted until room
 * is made, and all that is there already goes on being counted. For any thread; quick.
 */
public final class Tallies {
    private final int most;
    private Map<Key, Tally> tallies = new HashMap<>();
    private long uncounted;

    /** @param endpoint {@link Counted#WHOLE_ACCOUNT}: by the minute; others by the hour */
    private record Key(long account, long endpoint, long at) {}

    /** @param most accounts and endpoints in memory, a kilobyte each where lags are all different */
    public Tallies(int most) {
        this.most = most;
    }

    /** A call fired an event. */
    public synchronized void fired(long account, Instant at) {
        ofAccount(account, at, tally -> tally.events++);
    }

    /** An event became a delivery. */
    public synchronized void routed(long account, long endpoint, Instant at) {
        ofEndpoint(account, endpoint, at, tally -> tally.events++);
    }

    /** An attempt failed. */
    public synchronized void attemptFailed(long account, long endpoint, Instant at) {
        ofBoth(account, endpoint, at, tally -> tally.attemptsFailed++);
    }

    /** An attempt succeeded that is late because somebody wanted it so. */
    public synchronized void attemptSucceeded(long account, long endpoint, Instant at) {
        ofBoth(account, endpoint, at, tally -> tally.attemptsSucceeded++);
    }

    /** An attempt succeeded so many milliseconds after the event. */
    public synchronized void attemptSucceeded(long account, long endpoint, Instant at, long lagMillis) {
        ofBoth(account, endpoint, at, tally -> {
            tally.attemptsSucceeded++;
            tally.lag(lagMillis);
        });
    }

    public synchronized void deliverySucceeded(long account, long endpoint, Instant at) {
        ofBoth(account, endpoint, at, tally -> tally.deliveriesSucceeded++);
    }

    /** A delivery gave up. */
    public synchronized void deliveryFailed(long account, long endpoint, Instant at) {
        ofBoth(account, endpoint, at, tally -> tally.deliveriesFailed++);
    }

    /** How many accounts and endpoints have something to be stored. */
    public synchronized int size() {
        return tallies.size();
    }

    /** How often something was not counted for want of room since this was last asked. */
    public synchronized long takeUncounted() {
        long taken = uncounted;
        uncounted = 0;
        return taken;
    }

    /** All that was counted, to be stored. */
    public List<Counted> take() {
        Map<Key, Tally> taken;
        synchronized (this) {
            taken = tallies;
            tallies = new HashMap<>();
        }
        List<Counted> counted = new ArrayList<>(taken.size());
        taken.forEach((key, tally) -> counted.add(new Counted(
                key.endpoint() == Counted.WHOLE_ACCOUNT ? Interval.MINUTE : Interval.HOUR,
                Instant.ofEpochMilli(key.at()),
                key.account(),
                key.endpoint(),
                tally.counts())));
        return counted;
    }

    /** It could not be stored, and counts with what happened since. */
    public synchronized void giveBack(Collection<Counted> counted) {
        for (Counted each : counted) {
            Key key = new Key(each.account(), each.endpoint(), each.at().toEpochMilli());
            count(key, tally -> tally.add(each.counts()));
        }
    }

    private void ofBoth(long account, long endpoint, Instant at, Consumer<Tally> change) {
        ofAccount(account, at, change);
        ofEndpoint(account, endpoint, at, change);
    }

    private void ofAccount(long account, Instant at, Consumer<Tally> change) {
        count(
                new Key(
                        account,
                        Counted.WHOLE_ACCOUNT,
                        Interval.MINUTE.startOf(at).toEpochMilli()),
                change);
    }

    private void ofEndpoint(long account, long endpoint, Instant at, Consumer<Tally> change) {
        count(new Key(account, endpoint, Interval.HOUR.startOf(at).toEpochMilli()), change);
    }

    private void count(Key key, Consumer<Tally> change) {
        Tally tally = tallies.get(key);
        if (tally == null) {
            if (tallies.size() >= most) {
                uncounted++;
                return;
            }
            tally = new Tally();
            tallies.put(key, tally);
        }
        change.accept(tally);
    }
}
