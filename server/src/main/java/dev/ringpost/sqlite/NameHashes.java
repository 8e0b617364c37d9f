package dev.ringpost.sqlite;

import dev.ringpost.secret.CallNames;
import dev.ringpost.store.CallName;
import java.util.HashMap;
import java.util.Map;

/** The hashes of the names that a batch has to do with: a new call's is asked for three times. For the writer thread. */
final class NameHashes {
    private final CallNames names;
    private final Map<CallName, byte[]> known = new HashMap<>();

    NameHashes(CallNames names) {
        this.names = names;
    }

    byte[] of(CallName name) {
        return known.computeIfAbsent(name, names::hash);
    }

    void batchEnded() {
        known.clear();
    }
}
