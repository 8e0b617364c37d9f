package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.secret.CallKeyCache;
import dev.ringpost.secret.CallKeys;
import dev.ringpost.secret.CallKeys.CallKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value behind each call's sealing key, as rows. For the writer thread.
 *
 * <p>There must be one copy of a value in the file, so that overwriting it leaves none. Rows are added in growing order
 * of the call's number, so SQLite fills the last page and starts another ({@code balance_quick}) and moves no row that
 * is there; the first page's rows, which do move when the table outgrows it, are wiped where they stood because of
 * {@code secure_delete = fast}. An overwritten value has the size of the old one and takes its place in the page. Only
 * deleting rows makes SQLite merge pages, which would leave stale copies of the rows nearby: no row is deleted near one
 * whose value still counts.
 */
final class CallKeyRows {
    /** A call is asked for a few times in a row and then no more. */
    private static final int CACHED = 1 << 15;

    private final Database database;
    private final CallKeys keys;

    /** Only of keys that the database has, so that it is no harm where a batch is undone. */
    private final CallKeyCache cache;

    CallKeyRows(Database database, CallKeys keys) {
        this.database = database;
        this.keys = keys;
        this.cache = new CallKeyCache(keys, CACHED);
    }

    /** Gives new calls their keys. */
    void insert(Collection<Long> calls) {
        record Made(long call, byte[] value) {}
        List<Made> made = new ArrayList<>(calls.size());
        for (long call : calls.stream().sorted().toList()) {
            byte[] value = keys.newValue();
            made.add(new Made(call, value));
            learn(call, value);
        }
        database.updateEach(
                "insert into call_keys (no, key) values (?, ?)", made, each -> row(each.call(), each.value()));
    }

    /** The keys of those calls that are not erased. */
    Map<Long, CallKey> of(Collection<Long> calls) {
        Map<Long, CallKey> found = HashMap.newHashMap(calls.size());
        List<Long> unknown = new ArrayList<>();
        for (Long call : calls) {
            CallKey known = cache.get(call);
            if (known == null) {
                unknown.add(call);
            } else {
                found.put(call, known);
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown, found);
        }
        return found;
    }

    /** The key for a value that was read together with the call; null where the call was erased. */
    @Nullable
    CallKey learn(long call, byte @Nullable [] value) {
        CallKey known = cache.get(call);
        if (known != null) {
            return known;
        }
        CallKey key = keys.key(call, value);
        if (key != null) {
            cache.put(call, key);
        }
        return key;
    }

    /** From the commit on nothing sealed with the keys of these calls can be opened. */
    void overwrite(Collection<Long> calls) {
        calls.forEach(cache::remove);
        database.updateEach("update call_keys set key = ? where no = ?", calls, call -> row(keys.erasedValue(), call));
    }

    private void read(List<Long> calls, Map<Long, CallKey> found) {
        record Stored(long call, byte[] value) {}
        for (Stored stored : database.query(
                "select k.no, k.key from json_each(?) n cross join call_keys k on k.no = n.value",
                row -> new Stored(row.number(1), row.bytes(2)),
                NumberList.of(calls))) {
            CallKey key = learn(stored.call(), stored.value());
            if (key != null) {
                found.put(stored.call(), key);
            }
        }
    }
}
