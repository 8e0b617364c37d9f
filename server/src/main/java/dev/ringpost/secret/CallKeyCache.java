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
    private static final int NOWHERE = -1;

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

    /** The key of a call; null where it is not here, or not here any more, and for 0, which is no call. */
    public @Nullable CallKey get(long call) {
        int place = call == NO_CALL ? NOWHERE : placeOf(call);
        return place == NOWHERE ? null : keys.key(bytes, place * CallKey.BYTES);
    }

    /**
     * In place of the oldest of its row.
     *
     * @param call from 1
     */
    public void put(long call, CallKey key) {
        int place = placeOf(call);
        if (place == NOWHERE) {
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
        if (place != NOWHERE) {
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
        return NOWHERE;
    }

    /** Spreads the numbers: those of a millisecond differ in their last bits only, and the time stands in front. */
    private int rowOf(long call) {
        return (int) ((call * 0x9E3779B97F4A7C15L) >>> 32) & (rows - 1);
    }
}
