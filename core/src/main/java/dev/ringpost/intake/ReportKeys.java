package dev.ringpost.intake;

import dev.ringpost.store.ReportKey;
import dev.ringpost.store.Transaction;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The idempotency keys of reports that are known: from the store, and from earlier in the batch. */
final class ReportKeys {
    private final Set<ReportKey> known;
    private final Set<ReportKey> fresh = new LinkedHashSet<>();

    private ReportKeys(Set<ReportKey> known) {
        this.known = known;
    }

    static ReportKeys load(Transaction tx, List<CallCommand> commands, OpenCalls calls) {
        Set<ReportKey> asked = new HashSet<>();
        for (CallCommand command : commands) {
            if (command instanceof CallCommand.Apply apply && apply.idempotencyKey() != null) {
                OpenCall call = calls.find(apply.account(), apply.call());
                if (call != null) {
                    asked.add(new ReportKey(call.current().no(), apply.idempotencyKey()));
                }
            }
        }
        return new ReportKeys(asked.isEmpty() ? Set.of() : tx.knownReportKeys(asked));
    }

    boolean knows(ReportKey key) {
        return known.contains(key) || fresh.contains(key);
    }

    void add(ReportKey key) {
        fresh.add(key);
    }

    void write(Transaction tx) {
        if (!fresh.isEmpty()) {
            tx.insertReportKeys(fresh);
        }
    }
}
