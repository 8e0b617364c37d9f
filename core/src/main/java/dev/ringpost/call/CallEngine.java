package dev.ringpost.call;

/** Who places the calls that are created here. Told after the commit; does its work elsewhere and returns at once. */
public interface CallEngine {
    void place(Call call);

    /** The call was stopped by a user: hang up. */
    void stop(Call call);
}
