package dev.ringpost.delivery;

/** Why a delivery stands in the store's queue, and so when it may go. A code is what the database stores. */
public enum Rank {
    /** Never tried, moved out of memory: by event number. */
    UNTRIED(0),
    /** Tried and failed: by due time. */
    TRIED(1),
    /** A replay's: by due time, 0 for what the replay has not tried yet; behind everything that is not a replay's. */
    REPLAYED(2),
    /** Somebody asked for it: at once, past the breaker and past the order of its call. */
    ASKED(3);

    private final int code;

    Rank(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Rank ofCode(int code) {
        return values()[code];
    }
}
