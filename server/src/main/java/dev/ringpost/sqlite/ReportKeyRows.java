package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.store.ReportKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The idempotency keys of reports, as hashes of one size. */
final class ReportKeyRows {
    /** Two keys of one call that share a hash are not to be found by trying. */
    private static final int HASH_BYTES = 16;

    private final Database database;

    ReportKeyRows(Database database) {
        this.database = database;
    }

    Set<ReportKey> known(Collection<ReportKey> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        Map<Hashed, ReportKey> asked = new HashMap<>();
        for (ReportKey key : keys) {
            asked.put(new Hashed(key.call(), HexFormat.of().formatHex(hash(key.key()))), key);
        }
        byte[] json = JsonSink.write(sink -> sink.list("keys", asked.keySet(), (entry, key) -> {
            entry.number("call", key.call());
            entry.text("hash", key.hash());
        }));
        List<Hashed> found = database.query(
                "select r.call, lower(hex(r.hash)) from json_each(?, '$.keys') k cross join report_keys r"
                        + " on r.call = k.value ->> 'call' and r.hash = unhex(k.value ->> 'hash')",
                row -> new Hashed(row.number(1), row.text(2)),
                new String(json, StandardCharsets.UTF_8));
        Set<ReportKey> known = new HashSet<>();
        for (Hashed key : found) {
            ReportKey reportKey = asked.get(key);
            if (reportKey != null) {
                known.add(reportKey);
            }
        }
        return known;
    }

    void insert(Collection<ReportKey> keys) {
        database.updateEach(
                "insert into report_keys (call, hash) values (?, ?) on conflict do nothing",
                keys,
                key -> row(key.call(), hash(key.key())));
    }

    private static byte[] hash(String key) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private record Hashed(long call, String hash) {}

    /** Deletes at most so many keys of the calls; how many. */
    static int deleteOf(Database database, List<Long> calls, int rows) {
        record Stored(long call, byte[] hash) {}
        List<Stored> found = database.query(
                "select r.call, r.hash from json_each(?) n cross join report_keys r on r.call = n.value limit ?",
                row -> new Stored(row.number(1), row.bytes(2)),
                NumberList.of(calls),
                rows);
        database.updateEach(
                "delete from report_keys where call = ? and hash = ?", found, key -> row(key.call(), key.hash()));
        return found.size();
    }
}
