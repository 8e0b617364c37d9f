package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.Call;
import dev.ringpost.store.CallName;
import dev.ringpost.store.CallNumber;
import dev.ringpost.store.ExternalKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What is erased: from the commit on unreadable, then gone in slices. */
final class ErasureRows {
    private static final int INTENTS = 50;

    /** Requests that had got in and attempts under way still write to an account for less than this. */
    private static final Duration LATECOMERS = Duration.ofMinutes(2);

    private final Database database;
    private final CallKeyRows keys;
    private final NameHashes names;
    private final CallRows callRows;
    private final CallErasure call;
    private final AccountErasure account;
    private boolean leavesTraces;

    /** False: the table has no row. Stays true where what was erased is undone, or gone with its account. */
    private boolean someErased;

    ErasureRows(Database database, CallKeyRows keys, NameHashes names, CallRows callRows, Cancellation cancellation) {
        this.database = database;
        this.keys = keys;
        this.names = names;
        this.callRows = callRows;
        this.call = new CallErasure(database, cancellation);
        this.account = new AccountErasure(database, keys, callRows, cancellation);
        this.someErased =
                database.first("select 1 from erased limit 1", row -> true).isPresent();
    }

    Set<CallName> erased(Collection<CallName> asked) {
        if (!someErased) {
            return Set.of();
        }
        List<CallName> inOrder = List.copyOf(asked);
        return Set.copyOf(database.query(
                "select n.key from json_each(?) n cross join erased e"
                        + " on e.account = n.value ->> 0 and e.hash = unhex(n.value ->> 1)",
                row -> inOrder.get(row.small(1)),
                HashList.of(inOrder, names)));
    }

    void eraseCalls(Collection<Call> calls, Instant now) {
        List<Long> numbers = calls.stream().map(Call::no).toList();
        keys.overwrite(numbers);
        leavesTraces = true;
        someErased = true;
        callRows.delete(numbers);
        database.updateEach("delete from timers where call = ?", numbers, no -> row(no));
        database.updateEach(
                "insert into erased (account, hash) values (?, ?) on conflict do nothing",
                namesOf(calls),
                name -> row(name.account(), names.of(name)));
        database.updateEach(
                "insert into erasures (call, account, since) values (?, ?, ?)",
                calls,
                each -> row(each.no(), each.account(), now.toEpochMilli()));
    }

    private static List<CallName> namesOf(Collection<Call> calls) {
        List<CallName> all = new ArrayList<>();
        for (Call each : calls) {
            all.add(new CallNumber(each.account(), each.no()));
            String externalId = each.spec().externalId();
            if (externalId != null) {
                all.add(new ExternalKey(each.account(), externalId));
            }
        }
        return all;
    }

    void eraseAccount(long no, Instant now) {
        database.update(
                "insert into erasures (call, account, since) values (0, ?, ?) on conflict do nothing",
                no,
                now.toEpochMilli());
    }

    /** Whether the write-ahead log may have what was overwritten since the last time this was asked. */
    boolean takeTraces() {
        boolean traces = leavesTraces;
        leavesTraces = false;
        return traces;
    }

    /** Calls first: an account may take long. Whether anything was done. */
    boolean slice(int rows, Instant now) {
        for (Intent intent : database.query(
                "select call, account, since from erasures order by call desc, since limit " + INTENTS,
                row -> new Intent(row.number(1), row.number(2), row.time(3)))) {
            if (isAdvanced(intent, rows, now)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAdvanced(Intent intent, int rows, Instant now) {
        boolean ofCall = intent.call() != 0;
        int changed = ofCall ? call.slice(intent.call(), rows) : account.slice(intent.account(), rows);
        if (changed > 0) {
            return true;
        }
        if (ofCall || now.isAfter(intent.since().plus(LATECOMERS))) {
            database.update("delete from erasures where call = ? and account = ?", intent.call(), intent.account());
            if (!ofCall) {
                account.finish(intent.account());
                leavesTraces = true;
            }
            return true;
        }
        return false;
    }

    /** @param call 0: the account as a whole */
    private record Intent(long call, long account, Instant since) {}
}
