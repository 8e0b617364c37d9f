package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is erased: unreadable from the commit on, then gone in slices. */
record Erasure(MemoryStore store) {
    /** Requests that had got in and attempts under way still write to an account for less than this. */
    private static final Duration LATECOMERS = Duration.ofMinutes(2);

    /** Whether anything was done. */
    boolean slice(int rows) {
        for (long call : List.copyOf(store.calls.erasures.sorted().keySet())) {
            if (!advance(call, rows)) {
                store.calls.removeReportKeys(call);
                store.calls.erasures.remove(call);
            }
            return true;
        }
        for (long account : List.copyOf(store.accountErasures.sorted().keySet())) {
            if (sliceOfAccount(account, rows)) {
                return true;
            }
        }
        return false;
    }

    private boolean advance(long call, int rows) {
        int done = 0;
        for (long no : store.calls.eventsOf(call)) {
            if (done >= rows) {
                return true;
            }
            for (DeliveryKey key : store.deliveries.waitingOf(no)) {
                store.deliveries.drop(key, true);
                done++;
            }
            Event event = store.calls.events.get(no);
            if (event != null) {
                store.calls.removeEvent(event);
                done++;
            }
        }
        return done > 0;
    }

    Optional<List<Webhook>> deleteAccount(long no) {
        if (store.endpoints.accounts.get(no) == null) {
            return Optional.empty();
        }
        List<Webhook> had = store.endpoints.ofAnyKind(no);
        store.endpoints.accounts.remove(no);
        store.keys.all().stream()
                .filter(key -> key.account() == no)
                .toList()
                .forEach(key -> store.keys.remove(key.no()));
        had.forEach(webhook -> store.endpoints.delete(no, webhook.no()));
        store.accountErasures.put(no, NumberSource.timeOf(store.numbers.next()));
        return Optional.of(had);
    }

    private boolean sliceOfAccount(long account, int rows) {
        List<Call> calls = store.calls.rows.all().stream()
                .filter(call -> call.account() == account)
                .limit(rows)
                .toList();
        calls.forEach(call -> {
            store.calls.removeReportKeys(call.no());
            store.calls.remove(call);
        });
        List<Event> events = store.calls.events.all().stream()
                .filter(event -> event.account() == account)
                .limit(rows)
                .toList();
        for (Event event : events) {
            store.deliveries.waitingOf(event.no()).forEach(key -> store.deliveries.drop(key, false));
            store.calls.removeEvent(event);
        }
        List<LoggedAttempt> logged = store.log.rows.all().stream()
                .filter(row -> row.account() == account)
                .limit(rows)
                .toList();
        logged.forEach(store.log::remove);
        boolean forgot = store.counts.forgetAccount(account, rows) > 0;
        if (!calls.isEmpty() || !events.isEmpty() || !logged.isEmpty() || forgot) {
            return true;
        }
        Instant since = store.accountErasures.get(account);
        boolean over =
                since != null && NumberSource.timeOf(store.numbers.next()).isAfter(since.plus(LATECOMERS));
        if (over) {
            finish(account);
        }
        return over;
    }

    /** Nothing comes any more. */
    private void finish(long account) {
        store.sweeps.deleteOf(account);
        store.calls.forgetErased(account);
        store.replays.rows.all().stream()
                .filter(replay -> replay.account() == account)
                .toList()
                .forEach(replay -> store.replays.rows.remove(replay.no()));
        store.answers.all().stream()
                .filter(answer -> answer.account() == account)
                .toList()
                .forEach(answer -> store.answers.remove(answer.no()));
        store.deliveries.lanes.all().stream()
                .filter(lane -> lane.state().account() == account)
                .toList()
                .forEach(lane -> store.deliveries.lanes.remove(lane.state().endpoint()));
        store.accountErasures.remove(account);
    }
}
