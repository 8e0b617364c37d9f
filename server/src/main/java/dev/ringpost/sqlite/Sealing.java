package dev.ringpost.sqlite;

import dev.ringpost.secret.CallKeys;
import dev.ringpost.secret.CallNames;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.secret.SecretBox;

/**
 * What nothing readable reaches the file without.
 *
 * @param box secrets of accounts and endpoints, and what belongs to no call
 * @param calls what is stored about a call
 * @param names what calls are found by
 */
record Sealing(SecretBox box, CallKeys calls, CallNames names) {
    static Sealing of(MasterKey key) {
        return new Sealing(key.secretBox(), key.callKeys(), key.callNames());
    }
}
