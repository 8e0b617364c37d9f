package dev.ringpost.store;

import org.jspecify.annotations.Nullable;

/** Which part of a list, newest first. */
public sealed interface PageRequest {
    int limit();

    /** Skips {@code offset} items and counts the whole list, to 10 000 at most. */
    record Offset(int limit, int offset) implements PageRequest {}

    /** Goes on after the item with number {@code before}; null: from the newest. Counts nothing. */
    record Cursor(int limit, @Nullable Long before) implements PageRequest {}
}
