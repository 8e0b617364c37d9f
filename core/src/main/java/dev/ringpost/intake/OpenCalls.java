package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallSpec;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.store.CallName;
import dev.ringpost.store.CallNumber;
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
    private final Set<CallName> erased = new HashSet<>();

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
                case CallCommand.Erase erase -> numbers.add(erase.call());
            }
        }
        OpenCalls calls = new OpenCalls();
        if (!numbers.isEmpty()) {
            tx.calls(numbers).values().forEach(call -> calls.add(OpenCall.stored(call)));
        }
        if (!keys.isEmpty()) {
            tx.callsByExternalId(keys).values().forEach(call -> calls.add(OpenCall.stored(call)));
        }
        calls.loadErased(tx, commands);
        return calls;
    }

    /** Which of the calls that are not there were erased. */
    private void loadErased(Transaction tx, List<CallCommand> commands) {
        Set<CallName> missing = new HashSet<>();
        for (CallCommand command : commands) {
            CallName name = name(command);
            if (name != null && find(name) == null) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            erased.addAll(tx.erased(missing));
        }
    }

    private static @Nullable CallName name(CallCommand command) {
        return switch (command) {
            case CallCommand.Create create -> {
                String externalId = create.spec().externalId();
                yield externalId == null ? null : new ExternalKey(create.account(), externalId);
            }
            case CallCommand.Apply apply -> name(apply.account(), apply.call());
            case CallCommand.SetOutcome set -> new CallNumber(set.account(), set.call());
            case CallCommand.Erase erase -> new CallNumber(erase.account(), erase.call());
        };
    }

    static CallName name(long account, CallRef ref) {
        return switch (ref) {
            case CallRef.ByNumber(long no) -> new CallNumber(account, no);
            case CallRef.ByExternalId(String externalId, CallSpec _) -> new ExternalKey(account, externalId);
        };
    }

    /** Null where the account has no such call. */
    @Nullable
    OpenCall find(long account, CallRef ref) {
        return find(name(account, ref));
    }

    /** Null where the account has no such call. */
    @Nullable
    OpenCall find(CallName name) {
        OpenCall found = switch (name) {
            case CallNumber number -> byNumber.get(number.no());
            case ExternalKey key -> byExternalId.get(key);
        };
        return found != null && found.current().account() == name.account() && !found.isErased() ? found : null;
    }

    /** Whether the account had a call of this name that was erased. */
    boolean isErased(CallName name) {
        return erased.contains(name);
    }

    void erase(OpenCall open) {
        Call call = open.current();
        open.erase();
        erased.add(new CallNumber(call.account(), call.no()));
        String externalId = call.spec().externalId();
        if (externalId != null) {
            erased.add(new ExternalKey(call.account(), externalId));
        }
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

    /** Comes after everything else that the batch writes of these calls. */
    void writeErased(Transaction tx) {
        List<Call> gone =
                all().stream().filter(OpenCall::isErased).map(OpenCall::current).toList();
        if (!gone.isEmpty()) {
            tx.eraseCalls(gone);
        }
    }
}
