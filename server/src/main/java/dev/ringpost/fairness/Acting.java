package dev.ringpost.fairness;

import java.util.function.Supplier;

/** On whose behalf a thread works, for what it comes to share with others on its way. */
public final class Acting {
    /** Work of Ringpost itself. */
    public static final long NOBODY = 0;

    private static final ScopedValue<Long> ACCOUNT = ScopedValue.newInstance();

    private Acting() {}

    /** Does the work for the account. */
    public static <T> T as(long account, Supplier<T> work) {
        return ScopedValue.where(ACCOUNT, account).call(work::get);
    }

    /** The account that this thread works for. */
    public static long account() {
        return ACCOUNT.orElse(NOBODY);
    }
}
