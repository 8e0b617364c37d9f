package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls of a batch: what is stored, with what the batch made of it on top. */
final class OpenCalls {
    private final Map<Long, OpenCall> byNumber = new LinkedHashMap<>();
    private final Map<ExternalKey, OpenCall> byExternalId = new HashMap<>();

    private OpenCalls() {}

    /** Loads every call that the commands name. */
    static OpenCalls load(Transaction tx, List<CallCommand> commands) {
        Set<Long> numbers = new HashSet<>();
        Set<ExternalKey> keys = new HashSet<>();
        for (CallCommand command : commands) {
            switch (command) {
                case CallCommand.Create create -> {
                    String externalId = create.spec().externalId();
                    if (externalId != null) {
                        keys.add(new ExternalKey(create.account(), externalId));
                    }
                }
                case CallCommand.Apply apply -> {
                    switch (apply.call()) {
                        case CallRef.ByNumber ref -> numbers.add(ref.no());
                        case CallRef.ByExternalId ref -> keys.add(new ExternalKey(apply.account(), ref.externalId()));
                    }
                }
                case CallCommand.SetOutcome set -> numbers.add(set.call());
            }
        }
        OpenCalls calls = new OpenCalls();
        if (!numbers.isEmpty()) {
            tx.calls(numbers).values().forEach(call -> calls.add(OpenCall.stored(call)));
        }
        if (!keys.isEmpty()) {
            tx.callsByExternalId(keys).values().forEach(call -> calls.add(OpenCall.stored(call)));
        }
        return calls;
    }

    /** Null where the account has no such call. */
    @Nullable
    OpenCall find(long account, CallRef ref) {
        return switch (ref) {
            case CallRef.ByNumber number -> find(account, number.no());
            case CallRef.ByExternalId external -> find(new ExternalKey(account, external.externalId()));
        };
    }

    @Nullable
    OpenCall find(ExternalKey key) {
        return byExternalId.get(key);
    }

    @Nullable
    OpenCall find(long account, long no) {
        OpenCall found = byNumber.get(no);
        return found != null && found.current().account() == account ? found : null;
    }

    Collection<OpenCall> all() {
        return byNumber.values();
    }

    /** A call that was loaded both by its number and by its external id stays one. */
    void add(OpenCall opened) {
        Call call = opened.current();
        OpenCall one = byNumber.computeIfAbsent(call.no(), no -> opened);
        String externalId = call.spec().externalId();
        if (externalId != null) {
            byExternalId.putIfAbsent(new ExternalKey(call.account(), externalId), one);
        }
    }

    void write(Transaction tx) {
        List<Call> made = new ArrayList<>();
        List<Call> changed = new ArrayList<>();
        for (OpenCall call : all()) {
            if (call.isNew()) {
                made.add(call.current());
            } else if (call.isChanged()) {
                changed.add(call.current());
            }
        }
        if (!made.isEmpty()) {
            tx.insertCalls(made);
        }
        if (!changed.isEmpty()) {
            tx.updateCalls(changed);
        }
    }
}
