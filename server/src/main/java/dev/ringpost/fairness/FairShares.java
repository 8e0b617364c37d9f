package dev.ringpost.fairness;

import java.util.HashMap;
import java.util.Map;

/**
 * A bounded amount of something that accounts share, such as bytes or slots. An account may hold as much as is left free:
 * alone it gets half of all, with n others the (n + 2)nd part, and however many want it, something is left for who comes
 * next (Choudhury and Hahne's dynamic threshold, as switches divide their buffers).
 *
 * <p>Used from all threads.
 */
public final class FairShares {
    private final long all;
    private final Map<Long, Long> held = new HashMap<>();
    private long free;

    /** @param all how much there is, from 2 */
    public FairShares(long all) {
        if (all < 2) {
            throw new IllegalArgumentException("Less than 2 can't be shared, but there is " + all);
        }
        this.all = all;
        this.free = all;
    }

    /**
     * Takes an amount if the account may have that much more.
     *
     * @param amount from 0
     */
    public synchronized boolean tryTake(long account, long amount) {
        long after = heldBy(account) + amount;
        if (after > free - amount) {
            return false;
        }
        held.put(account, after);
        free -= amount;
        return true;
    }

    /** False where not even 1 more would be given to the account. */
    public synchronized boolean mayTake(long account) {
        return heldBy(account) + 1 <= free - 1;
    }

    /** Gives back what was taken, or a part of it. */
    public synchronized void giveBack(long account, long amount) {
        long after = heldBy(account) - amount;
        if (after < 0) {
            throw new IllegalArgumentException("Account " + account + " gives back " + amount + " too many: " + after);
        }
        if (after == 0) {
            held.remove(account);
        } else {
            held.put(account, after);
        }
        free += amount;
    }

    /** How much is taken by all accounts together. */
    public synchronized long taken() {
        return all - free;
    }

    private long heldBy(long account) {
        return held.getOrDefault(account, 0L);
    }
}
