package dev.ringpost.sqlite;

import dev.ringpost.store.CallName;
import java.util.Collection;
import java.util.HexFormat;

/** The hashes of calls' names as one parameter, {@code [[account, hex], ...]}; see {@link NumberList}. */
final class HashList {
    private static final HexFormat HEX = HexFormat.of();

    private HashList() {}

    static String of(Collection<? extends CallName> asked, NameHashes names) {
        StringBuilder json = new StringBuilder(asked.size() * 60 + 2).append('[');
        for (CallName name : asked) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append('[').append(name.account()).append(",\"");
            json.append(HEX.formatHex(names.of(name))).append("\"]");
        }
        return json.append(']').toString();
    }
}
