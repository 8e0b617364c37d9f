package dev.ringpost.signing;

/** A message that is not to be trusted. The text says what is wrong with it, for the receiver's log; answer 401. */
public final class VerificationException extends Exception {
    /** What kind of fault it is. */
    public enum Reason {
        /** One of the three headers is missing or empty. */
        MISSING_HEADER,
        /** The timestamp is no whole number of seconds. */
        BAD_TIMESTAMP,
        /** Older than the tolerance: a replay, or a clock that is wrong. */
        TOO_OLD,
        /** Further ahead than the tolerance: a clock that is wrong. */
        TOO_NEW,
        /** None of the signatures was made with one of the keys over these bytes. */
        NO_MATCH
    }

    private final Reason reason;

    VerificationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
