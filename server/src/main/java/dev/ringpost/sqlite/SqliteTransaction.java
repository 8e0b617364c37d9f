package dev.ringpost.sqlite;

import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import dev.ringpost.commit.Written;
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
import dev.ringpost.webhook.DefaultName;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The transactions of the writer connection, one after the other. */
final class SqliteTransaction implements Transaction {
    private final NumberSource numbers;
    private final InstantSource clock;
    private final CallKeyRows keys;
    private final CallRows calls;
    private final ReportKeyRows reportKeys;
    private final AttemptRows attempts;
    private final Database database;
    private final DeliveryRows deliveries;
    private final ReplayRows replays;
    private final EndpointRows endpoints;
    private final AccountRows accounts;
    private final AnswerRows answers;
    private final CountRows counts;
    private final ErasureRows erasures;
    private final Expiry expiry;
    private final NameHashes names;
    private final ExternalIds externalIds;
    private final EndpointCache cache = new EndpointCache();
    private final WrittenAccounts withEvents = new WrittenAccounts();

    SqliteTransaction(
            Database database,
            Sealing sealing,
            ExternalIds externalIds,
            LateIndexes indexes,
            NumberSource numbers,
            InstantSource clock) {
        this.database = database;
        this.externalIds = externalIds;
        this.numbers = numbers;
        this.clock = clock;
        this.keys = new CallKeyRows(database, sealing.calls());
        this.names = new NameHashes(sealing.names());
        this.calls = new CallRows(database, keys, names, externalIds, indexes);
        this.reportKeys = new ReportKeyRows(database);
        this.attempts = new AttemptRows(database, sealing.box(), numbers, indexes);
        this.replays = new ReplayRows(database);
        this.deliveries = new DeliveryRows(database, attempts, replays, keys);
        Cancellation cancellation = new Cancellation(database, attempts, keys);
        this.erasures = new ErasureRows(database, keys, names, calls, cancellation);
        this.expiry = new Expiry(database, cancellation, keys, calls);
        this.endpoints = new EndpointRows(database, sealing.box());
        this.accounts = new AccountRows(database, sealing.box());
        this.answers = new AnswerRows(database, sealing);
        this.counts = new CountRows(database);
    }

    /** All that was to be done in it is done. */
    void beforeCommit() {
        externalIds.beforeCommit(database);
    }

    /**
     * What was written since this was last asked.
     *
     * @param anything there was something to write
     */
    Written written(boolean anything) {
        return new Written(anything, withEvents.take(), attempts.accountsLogged());
    }

    /**
     * Committed or undone.
     *
     * @return whether it overwrote what the write-ahead log may still have
     */
    boolean ended(boolean committed) {
        externalIds.ended(committed);
        cache.batchEnded();
        names.batchEnded();
        return erasures.takeTraces();
    }

    /** A part of it begins; what is returned undoes, once that is undone, what is remembered of it beside the database. */
    Runnable part() {
        ExternalIds.Mark mark = externalIds.mark();
        return () -> externalIds.undo(mark);
    }

    /** Between transactions. */
    void upkeep() {
        externalIds.upkeep();
    }

    @Override
    public Map<Long, Call> calls(Collection<Long> wanted) {
        return calls.calls(wanted);
    }

    @Override
    public Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> keys) {
        return calls.callsByExternalId(keys);
    }

    @Override
    public Set<ReportKey> knownReportKeys(Collection<ReportKey> keys) {
        return reportKeys.known(keys);
    }

    @Override
    public void insertReportKeys(Collection<ReportKey> keys) {
        reportKeys.insert(keys);
    }

    @Override
    public void insertCalls(Collection<Call> made) {
        calls.insert(made);
    }

    @Override
    public void updateCalls(Collection<Call> changed) {
        calls.update(changed);
    }

    @Override
    public void insertEvents(Collection<Event> events) {
        calls.insertEvents(events);
        events.forEach(event -> withEvents.add(event.account()));
    }

    @Override
    public Set<CallName> erased(Collection<CallName> asked) {
        return erasures.erased(asked);
    }

    @Override
    public void eraseCalls(Collection<Call> gone) {
        erasures.eraseCalls(gone, clock.instant());
        gone.forEach(call -> answers.deleteAbout(call.no()));
    }

    @Override
    public boolean eraseSlice(int rows) {
        return erasures.slice(rows, clock.instant());
    }

    @Override
    public boolean expireSlice(Instant before, int rows) {
        return expiry.slice(before, rows, clock.instant());
    }

    @Override
    public void setTimers(Collection<CallTimer> timers) {
        calls.setTimers(timers);
    }

    @Override
    public Subscriptions subscriptions(long account) {
        return cache.ofAccount(account, () -> endpoints.subscriptions(account));
    }

    @Override
    public int countAccountWebhooks(long account) {
        return endpoints.countOfAccount(account);
    }

    @Override
    public Webhook callWebhook(long account, String url) {
        return cache.ofUrl(account, url, () -> endpoints.ofUrl(account, url))
                .orElseGet(() -> makeCallWebhook(account, url));
    }

    @Override
    public Map<Long, Webhook> webhooks(Collection<Long> wanted) {
        return cache.ofNumbers(wanted, endpoints::live);
    }

    @Override
    public void insertFresh(Collection<Delivery> made) {
        deliveries.insertFresh(made);
    }

    @Override
    public void apply(Collection<LaneWrite> writes) {
        deliveries.apply(writes);
    }

    @Override
    public LaneState ask(Delivery delivery, Instant now) {
        return deliveries.ask(delivery, now);
    }

    @Override
    public int makeDue(long endpoint, Instant failedBefore, int limit) {
        return deliveries.queue().makeDue(endpoint, failedBefore, limit);
    }

    @Override
    public SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit) {
        return deliveries.queue().covered(sweep, endpoint, afterEvent, limit);
    }

    @Override
    public void insertSweep(Sweep sweep) {
        SweepRows.insert(database, sweep);
    }

    @Override
    public void deleteSweep(Sweep sweep) {
        SweepRows.delete(database, sweep);
    }

    @Override
    public void insertReplay(Replay replay) {
        replays.insert(replay);
    }

    @Override
    public int runningReplays(long account) {
        return replays.running(account);
    }

    @Override
    public Optional<Replay> replay(long no) {
        return replays.replay(no);
    }

    @Override
    public List<PastEvent> pastEvents(Replay replay, int limit) {
        return replays.pastEvents(replay, limit);
    }

    @Override
    public Optional<LaneState> queueReplay(Replay replay, List<Delivery> wanted, long position) {
        return deliveries.queueReplay(replay, wanted, position);
    }

    @Override
    public void endReplay(long no, Replay.Status status) {
        replays.end(no, status);
    }

    @Override
    public LoggedAttempt logTest(TestAttempt attempt) {
        return attempts.logTest(attempt);
    }

    @Override
    public void insertWebhook(Webhook webhook) {
        if (webhook.kind() == WebhookKind.OPS) {
            // What is stored about what goes there is sealed with a key that is found as a call's is.
            keys.insert(List.of(webhook.no()));
        }
        endpoints.insert(webhook);
        cache.changed(webhook.account(), webhook.no());
    }

    @Override
    public void updateWebhook(Webhook webhook) {
        endpoints.update(webhook);
        cache.changed(webhook.account(), webhook.no());
    }

    @Override
    public void deleteWebhook(long account, long no) {
        if (endpoints.delete(account, no)) {
            answers.deleteAbout(no);
        }
        cache.changed(account, no);
    }

    @Override
    public boolean deleteIdleCallWebhook(Webhook webhook, Instant since) {
        boolean deleted = endpoints.deleteIfIdle(webhook.no(), since);
        if (deleted) {
            cache.changed(webhook.account(), webhook.no());
        }
        return deleted;
    }

    @Override
    public void insertAccount(Account account) {
        accounts.insert(account);
    }

    @Override
    public Optional<Account> account(long no) {
        return accounts.account(no);
    }

    @Override
    public void replaceSecrets(long account, List<SigningSecret> secrets, Instant now) {
        accounts.replaceSecrets(account, secrets, now);
        cache.signingChanged(account);
    }

    @Override
    public Optional<List<Webhook>> deleteAccount(long no) {
        List<Webhook> had = endpoints.ofAnyKind(no);
        if (!accounts.delete(no)) {
            return Optional.empty();
        }
        endpoints.deleteAll(no);
        answers.deleteAbout(no);
        erasures.eraseAccount(no, clock.instant());
        had.forEach(webhook -> cache.changed(no, webhook.no()));
        return Optional.of(had);
    }

    @Override
    public boolean hasOperatorKey() {
        return accounts.hasOperatorKey();
    }

    @Override
    public void insertKey(ApiKey key) {
        accounts.insertKey(key);
    }

    @Override
    public boolean deleteKey(long account, long no) {
        boolean deleted = accounts.deleteKey(account, no);
        if (deleted) {
            answers.deleteAbout(no);
        }
        return deleted;
    }

    @Override
    public void keepAnswer(KeptAnswer answer) {
        answers.insert(answer);
    }

    @Override
    public void forgetAnswersAbout(long no) {
        answers.deleteAbout(no);
    }

    @Override
    public int forgetAnswers(Instant before, int limit) {
        return answers.deleteBefore(before, limit);
    }

    @Override
    public void addCounts(Collection<Counted> counted) {
        counts.add(counted);
    }

    @Override
    public int forgetCounts(Interval interval, Instant before, int limit) {
        return counts.forget(interval, before, limit);
    }

    @Override
    public void touch() {
        // A value that was there before would not be written.
        database.update("insert into meta (name, value) values ('touched', randomblob(8))"
                + " on conflict (name) do update set value = excluded.value");
    }

    private Webhook makeCallWebhook(long account, String url) {
        Instant now = clock.instant();
        insertWebhook(new Webhook(
                numbers.next(),
                account,
                WebhookKind.CALL,
                DefaultName.of(url),
                url,
                EventType.OF_CALLS,
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                now,
                now));
        return endpoints.ofUrl(account, url).orElseThrow();
    }
}
