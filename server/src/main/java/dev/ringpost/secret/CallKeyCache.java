package dev.ringpost.secret;

import dev.ringpost.secret.CallKeys.CallKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the calls that had to do with something last. They lie in one array, so that the collector has nothing to
 * do with them, however long they stay. For one thread.
 */
public final class CallKeyCache {
    private static final int PLACES_A_CALL = 8;
    private static final int NO_CALL = 0;

    private final CallKeys keys;
    private final int rows;
    /** A row of places for each hash: a call may be in any of its row. */
    private final long[] calls;

    private final byte[] bytes;
    /** The place in each row that is given away next. */
    private final byte[] oldest;

    /** @param most so many keys, a power of two from 8; each takes 40 bytes */
    public CallKeyCache(CallKeys keys, int most) {
        this.keys = keys;
        this.rows = most / PLACES_A_CALL;
        this.calls = new long[most];
        this.bytes = new byte[most * CallKey.BYTES];
        this.oldest = new byte[rows];
    }

    /** The key of a call; null where it is not here, or not here any more. */
    public @Nullable CallKey get(long call) {
        int place = placeOf(call);
        return place < 0 ? null : keys.key(bytes, place * CallKey.BYTES);
    }

    /** In place of the oldest of its row. */
    public void put(long call, CallKey key) {
        int place = placeOf(call);
        if (place < 0) {
            int row = rowOf(call);
            place = row * PLACES_A_CALL + oldest[row];
            oldest[row] = (byte) ((oldest[row] + 1) % PLACES_A_CALL);
            calls[place] = call;
        }
        key.copyTo(bytes, place * CallKey.BYTES);
    }

    /** Leaves nothing of the key here. */
    public void remove(long call) {
        int place = placeOf(call);
        if (place >= 0) {
            calls[place] = NO_CALL;
            Arrays.fill(bytes, place * CallKey.BYTES, (place + 1) * CallKey.BYTES, (byte) 0);
        }
    }

    private int placeOf(long call) {
        int first = rowOf(call) * PLACES_A_CALL;
        for (int place = first; place < first + PLACES_A_CALL; place++) {
            if (calls[place] == call) {
                return place;
            }
        }
        return -1;
    }

    /** Numbers of calls that came together differ in their last bits only, or in the time that is in front of them. */
    private int rowOf(long call) {
        return (int) ((call * 0x9E3779B97F4A7C15L) >>> 32) & (rows - 1);
    }
}
