package dev.ringpost.api.stream;

import dev.ringpost.live.Watched;

/**
 * What one stream sends: a list of an account, read forwards from the store.
 *
 * @param start the number after which it begins
 * @param opening what is sent first, in the form of a stream; may be empty
 */
public record Feed(long account, Watched list, long start, byte[] opening, Reader reader) {
    /** Reads on. Blocks; keeps nothing between two calls. */
    @FunctionalInterface
    public interface Reader {
        Portion after(long position);
    }

    /**
     * A part of what is sent.
     *
     * @param bytes whole messages in the form of a stream; empty: nothing new
     * @param end where the next portion begins
     * @param hasMore there may be more already
     */
    public record Portion(byte[] bytes, long end, boolean hasMore) {}
}
