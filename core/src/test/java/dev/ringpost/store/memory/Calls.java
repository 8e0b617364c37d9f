package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.store.CallName;
import dev.ringpost.store.CallNumber;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.ReportKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls, and what hangs on them. */
final class Calls {
    private final Undo undo;
    private final Map<ExternalKey, Long> externalIds = new HashMap<>();
    private final Set<ReportKey> reportKeys = new HashSet<>();
    private final Map<Long, List<ReportKey>> reportKeysOf = new HashMap<>();
    private final Set<CallName> erasedNames = new HashSet<>();
    private final Map<TimerKey, CallTimer> timers = new HashMap<>();
    private final Map<CallTimer.Kind, TreeSet<CallTimer>> timersByDue = new HashMap<>();
    private final Map<Long, List<Long>> eventsOf = new HashMap<>();

    final Table<Long, Call> rows;
    final Table<Long, Event> events;
    /** Events that were stored and are not any more: nobody may say that they were lost. */
    final Table<Long, Long> forgotten;
    /** Calls whose erasure is committed and not worked off. */
    final Table<Long, Long> erasures;
    /** Who has a key can be read. */
    final Set<Long> keys = new HashSet<>();

    private record TimerKey(long call, CallTimer.Kind kind) {}

    Calls(Undo undo) {
        this.undo = undo;
        this.rows = new Table<>(undo);
        this.events = new Table<>(undo);
        this.forgotten = new Table<>(undo);
        this.erasures = new Table<>(undo);
        for (CallTimer.Kind kind : CallTimer.Kind.values()) {
            timersByDue.put(kind, new TreeSet<>(Comparator.comparing(Calls::due).thenComparingLong(CallTimer::call)));
        }
    }

    private static Instant due(CallTimer timer) {
        return Objects.requireNonNull(timer.due());
    }

    void insert(Call call) {
        rows.insert(call.no(), call);
        addKey(call.no());
        String externalId = call.spec().externalId();
        if (externalId != null) {
            ExternalKey key = new ExternalKey(call.account(), externalId);
            if (externalIds.putIfAbsent(key, call.no()) != null) {
                throw new IllegalStateException("The store has it already: " + key);
            }
            undo.add(() -> externalIds.remove(key));
        }
    }

    void addKey(long call) {
        if (keys.add(call)) {
            undo.add(() -> keys.remove(call));
        }
    }

    private void dropKey(long call) {
        if (keys.remove(call)) {
            undo.add(() -> keys.add(call));
        }
    }

    Map<ExternalKey, Call> byExternalId(Collection<ExternalKey> wanted) {
        Map<ExternalKey, Call> found = new HashMap<>();
        for (ExternalKey key : wanted) {
            Long no = externalIds.get(key);
            if (no != null) {
                found.put(key, Objects.requireNonNull(rows.get(no)));
            }
        }
        return found;
    }

    void update(Call call) {
        if (!rows.has(call.no())) {
            throw new IllegalStateException("The store has no call " + call.no());
        }
        rows.put(call.no(), call);
    }

    boolean knows(ReportKey key) {
        return reportKeys.contains(key);
    }

    void insert(ReportKey key) {
        if (!reportKeys.add(key)) {
            throw new IllegalStateException("The store has it already: " + key);
        }
        List<ReportKey> of = reportKeysOf.computeIfAbsent(key.call(), no -> new ArrayList<>());
        of.add(key);
        undo.add(() -> {
            reportKeys.remove(key);
            of.remove(key);
        });
    }

    void insert(Event event) {
        if (!keys.contains(event.call())) {
            throw new IllegalStateException("The store has no call " + event.call());
        }
        events.insert(event.no(), event);
        List<Long> of = eventsOf.computeIfAbsent(event.call(), no -> new ArrayList<>());
        of.add(event.no());
        undo.add(() -> of.remove(event.no()));
    }

    void removeEvent(Event event) {
        events.remove(event.no());
        forgotten.put(event.no(), event.call());
        List<Long> of = eventsOf.getOrDefault(event.call(), new ArrayList<>());
        of.remove(event.no());
        undo.add(() -> of.add(event.no()));
    }

    /** The numbers, in order. */
    List<Long> eventsOf(long call) {
        return eventsOf.getOrDefault(call, List.of()).stream().sorted().toList();
    }

    boolean isErased(CallName name) {
        return erasedNames.contains(name);
    }

    void forgetErased(long account) {
        List<CallName> gone =
                erasedNames.stream().filter(name -> name.account() == account).toList();
        gone.forEach(erasedNames::remove);
        undo.add(() -> erasedNames.addAll(gone));
    }

    void erase(Call call) {
        remove(call);
        erasures.put(call.no(), call.account());
        nameErased(new CallNumber(call.account(), call.no()));
        String externalId = call.spec().externalId();
        if (externalId != null) {
            nameErased(new ExternalKey(call.account(), externalId));
        }
    }

    private void nameErased(CallName name) {
        if (erasedNames.add(name)) {
            undo.add(() -> erasedNames.remove(name));
        }
    }

    /** The call, its key, its timers and its name. */
    void remove(Call call) {
        if (rows.remove(call.no()) == null) {
            throw new IllegalStateException("The store has no call " + call.no());
        }
        dropKey(call.no());
        for (CallTimer.Kind kind : CallTimer.Kind.values()) {
            set(new CallTimer(call.account(), call.no(), kind, null));
        }
        String externalId = call.spec().externalId();
        if (externalId != null) {
            ExternalKey key = new ExternalKey(call.account(), externalId);
            Long no = externalIds.remove(key);
            if (no != null) {
                undo.add(() -> externalIds.put(key, no));
            }
        }
    }

    void removeReportKeys(long call) {
        List<ReportKey> gone = reportKeysOf.getOrDefault(call, List.of());
        gone.forEach(reportKeys::remove);
        undo.add(() -> reportKeys.addAll(gone));
    }

    void set(CallTimer timer) {
        TimerKey key = new TimerKey(timer.call(), timer.kind());
        CallTimer before = swap(key, timer.due() == null ? null : timer);
        undo.add(() -> swap(key, before));
    }

    private @Nullable CallTimer swap(TimerKey key, @Nullable CallTimer timer) {
        CallTimer before = timer == null ? timers.remove(key) : timers.put(key, timer);
        TreeSet<CallTimer> byDue = Objects.requireNonNull(timersByDue.get(key.kind()));
        if (before != null) {
            byDue.remove(before);
        }
        if (timer != null) {
            byDue.add(timer);
        }
        return before;
    }

    /** The earliest first. */
    SequencedSet<CallTimer> timers(CallTimer.Kind kind) {
        return Objects.requireNonNull(timersByDue.get(kind));
    }
}
