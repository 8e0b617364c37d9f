package dev.ringpost.sqlite;

import java.util.HashSet;
import java.util.Set;

/** The accounts that a batch wrote rows of one kind for. Rows of one account mostly come together. */
final class WrittenAccounts {
    private static final long NONE = -1;

    private final Set<Long> accounts = new HashSet<>();
    private long last = NONE;

    void add(long account) {
        if (account != last) {
            accounts.add(account);
            last = account;
        }
    }

    /** Those so far; the next batch starts with none. */
    Set<Long> take() {
        Set<Long> taken = Set.copyOf(accounts);
        accounts.clear();
        last = NONE;
        return taken;
    }
}
