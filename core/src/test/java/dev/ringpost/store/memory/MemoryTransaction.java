package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.NumberSource;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.CallName;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.PastEvent;
import dev.ringpost.store.Replay;
import dev.ringpost.store.ReportKey;
import dev.ringpost.store.SweepSlice;
import dev.ringpost.store.TestAttempt;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The write side of a {@link MemoryStore}. */
final class MemoryTransaction implements Transaction {
    private final MemoryStore store;
    private final Erasure erasure;

    MemoryTransaction(MemoryStore store) {
        this.store = store;
        this.erasure = new Erasure(store);
    }

    @Override
    public Map<Long, Call> calls(Collection<Long> wanted) {
        Map<Long, Call> found = new HashMap<>();
        wanted.forEach(no -> store.calls.rows.find(no).ifPresent(call -> found.put(no, call)));
        return found;
    }

    @Override
    public Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> wanted) {
        return store.calls.byExternalId(wanted);
    }

    @Override
    public Set<ReportKey> knownReportKeys(Collection<ReportKey> wanted) {
        Set<ReportKey> known = new HashSet<>(wanted);
        known.removeIf(key -> !store.calls.knows(key));
        return known;
    }

    @Override
    public void insertReportKeys(Collection<ReportKey> added) {
        added.forEach(store.calls::insert);
    }

    @Override
    public void insertCalls(Collection<Call> added) {
        added.forEach(store.calls::insert);
    }

    @Override
    public void updateCalls(Collection<Call> changed) {
        changed.forEach(store.calls::update);
    }

    @Override
    public void insertEvents(Collection<Event> added) {
        added.forEach(store.calls::insert);
    }

    @Override
    public Set<CallName> erased(Collection<CallName> names) {
        Set<CallName> known = new HashSet<>(names);
        known.removeIf(name -> !store.calls.isErased(name));
        return known;
    }

    @Override
    public void eraseCalls(Collection<Call> gone) {
        for (Call call : gone) {
            store.calls.erase(call);
            store.log.forgetCall(call.no());
            forgetAnswersAbout(call.no());
        }
    }

    @Override
    public boolean eraseSlice(int rows) {
        return erasure.slice(rows);
    }

    @Override
    public boolean expireSlice(Instant before, int rows) {
        return new Expiry(store).slice(before, rows);
    }

    @Override
    public void setTimers(Collection<CallTimer> timers) {
        timers.forEach(store.calls::set);
    }

    @Override
    public Subscriptions subscriptions(long account) {
        return store.endpoints.subscriptions(account);
    }

    @Override
    public Webhook callWebhook(long account, String url) {
        return store.endpoints.ofUrl(account, url);
    }

    @Override
    public Map<Long, Webhook> webhooks(Collection<Long> wanted) {
        Map<Long, Webhook> found = new HashMap<>();
        wanted.forEach(no -> store.endpoints.find(no).ifPresent(webhook -> found.put(no, webhook)));
        return found;
    }

    @Override
    public void insertFresh(Collection<Delivery> made) {
        made.forEach(store.deliveries::insertFresh);
    }

    @Override
    public void apply(Collection<LaneWrite> writes) {
        writes.forEach(store.deliveries::apply);
    }

    @Override
    public LaneState ask(Delivery delivery, Instant now) {
        return store.deliveries.ask(delivery, now);
    }

    @Override
    public int makeDue(long endpoint, Instant failedBefore, int limit) {
        return store.deliveries.makeDue(endpoint, failedBefore, limit);
    }

    @Override
    public SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit) {
        return store.deliveries.covered(sweep, endpoint, afterEvent, limit);
    }

    @Override
    public void insertSweep(Sweep sweep) {
        store.sweeps.insert(sweep);
    }

    @Override
    public void deleteSweep(Sweep sweep) {
        store.sweeps.delete(sweep);
    }

    @Override
    public void insertReplay(Replay replay) {
        store.replays.rows.insert(replay.no(), replay);
    }

    @Override
    public int runningReplays(long account) {
        return (int) store.replays.running().stream()
                .filter(replay -> replay.account() == account)
                .count();
    }

    @Override
    public Optional<Replay> replay(long no) {
        return store.replays.find(no);
    }

    @Override
    public List<PastEvent> pastEvents(Replay replay, int limit) {
        List<PastEvent> past = new ArrayList<>();
        for (Event event :
                store.calls.events.sorted().tailMap(replay.position(), false).values()) {
            boolean wanted = event.account() == replay.account()
                    && event.createdAt().isBefore(replay.until())
                    && !store.calls.erasures.has(event.call());
            if (wanted && past.size() < limit) {
                past.add(pastEvent(event, replay.endpoint()));
            }
        }
        return past;
    }

    private PastEvent pastEvent(Event event, long endpoint) {
        Delivery delivery =
                new Delivery(event.no(), endpoint, event.account(), event.call(), event.sequence(), event.type());
        DeliveryKey key = DeliveryKey.of(delivery);
        List<LoggedAttempt> log = store.log.of(key);
        LoggedAttempt last = log.isEmpty() ? null : log.getLast();
        return new PastEvent(
                delivery,
                last == null ? null : last.status(),
                last != null && last.isFinal(),
                store.deliveries.waits(key));
    }

    @Override
    public Optional<LaneState> queueReplay(Replay replay, List<Delivery> deliveries, long position) {
        return store.deliveries.queueReplay(replay, deliveries, position);
    }

    @Override
    public void endReplay(long no, Replay.Status status) {
        store.replays.end(no, status);
    }

    @Override
    public LoggedAttempt logTest(TestAttempt test) {
        Delivery sample = new Delivery(test.event(), test.endpoint(), test.account(), Log.NO_CALL, 0, test.type());
        boolean succeeded = test.result().error() == null;
        return store.log.add(
                sample,
                succeeded ? LoggedAttempt.Status.SUCCEEDED : LoggedAttempt.Status.FAILED,
                true,
                1,
                test.result(),
                null);
    }

    @Override
    public void insertWebhook(Webhook webhook) {
        if (webhook.kind() == WebhookKind.OPS) {
            // What is stored about what goes there is sealed with a key that is found as a call's is.
            store.calls.addKey(webhook.no());
        }
        store.endpoints.insert(webhook);
    }

    @Override
    public void updateWebhook(Webhook webhook) {
        store.endpoints.update(webhook);
    }

    @Override
    public void deleteWebhook(long account, long no) {
        if (store.endpoints.delete(account, no)) {
            forgetAnswersAbout(no);
        }
    }

    @Override
    public boolean deleteIdleCallWebhook(Webhook webhook, Instant since) {
        return new IdleWebhooks(store).delete(webhook, since);
    }

    @Override
    public void insertAccount(Account account) {
        store.endpoints.accounts.insert(account.no(), account);
    }

    @Override
    public Optional<Account> account(long no) {
        return store.endpoints.accounts.find(no);
    }

    @Override
    public void replaceSecrets(long account, List<SigningSecret> secrets, Instant now) {
        store.endpoints.replaceSecrets(account, secrets, now);
    }

    @Override
    public Optional<List<Webhook>> deleteAccount(long no) {
        Optional<List<Webhook>> had = erasure.deleteAccount(no);
        had.ifPresent(webhooks -> forgetAnswersAbout(no));
        return had;
    }

    @Override
    public boolean hasOperatorKey() {
        return store.keys.all().stream().anyMatch(key -> key.scope() == ApiKey.Scope.OPERATOR);
    }

    @Override
    public void insertKey(ApiKey key) {
        store.keys.insert(key.no(), key);
    }

    @Override
    public boolean deleteKey(long account, long no) {
        ApiKey key = store.keys.get(no);
        if (key == null || key.account() != account) {
            return false;
        }
        store.keys.remove(no);
        forgetAnswersAbout(no);
        return true;
    }

    @Override
    public void keepAnswer(KeptAnswer answer) {
        Instant outOfDate = NumberSource.timeOf(answer.no()).minus(KeptAnswer.LIFETIME);
        removeAnswers(kept -> kept.account() == answer.account()
                && kept.request().equals(answer.request())
                && NumberSource.timeOf(kept.no()).isBefore(outOfDate));
        if (store.records().keptAnswer(answer.account(), answer.request()).isPresent()) {
            throw new IllegalStateException("The store has it already: " + answer);
        }
        store.answers.insert(answer.no(), answer);
    }

    @Override
    public void forgetAnswersAbout(long no) {
        removeAnswers(kept -> kept.about() != null && kept.about() == no);
    }

    @Override
    public int forgetAnswers(Instant before, int limit) {
        List<KeptAnswer> old = store.answers.all().stream()
                .filter(kept -> NumberSource.timeOf(kept.no()).isBefore(before))
                .limit(limit)
                .toList();
        old.forEach(kept -> store.answers.remove(kept.no()));
        return old.size();
    }

    /** Memory always takes writes. */
    @Override
    public void addCounts(Collection<Counted> counted) {
        store.counts.add(counted);
    }

    @Override
    public int forgetCounts(Interval interval, Instant before, int limit) {
        return store.counts.forget(interval, before, limit);
    }

    @Override
    public void touch() {}

    private void removeAnswers(Predicate<KeptAnswer> unwanted) {
        store.answers.all().stream().filter(unwanted).toList().forEach(kept -> store.answers.remove(kept.no()));
    }
}
