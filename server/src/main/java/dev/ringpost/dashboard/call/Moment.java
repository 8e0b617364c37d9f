package dev.ringpost.dashboard.call;

import dev.ringpost.dashboard.delivery.Attempt;
import org.jspecify.annotations.Nullable;

/** Something of a call's life, as its timeline shows it. */
public sealed interface Moment {
    /** RFC 3339. */
    String at();

    /** To the millisecond: how things follow each other is what a timeline is for. */
    default String exact() {
        return at().replace('T', ' ').replace("Z", "");
    }

    /** A change of the call itself. */
    record Change(String at, String text, @Nullable String reason) implements Moment {}

    /** An event that it fired. */
    record Fired(String at, String event, int sequence, String id, String payload) implements Moment {}

    /** An attempt to deliver one. */
    record Delivered(String at, Attempt attempt) implements Moment {}
}
