package dev.ringpost.store;

import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.NumberSource;
import dev.ringpost.webhook.DefaultName;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A store that forgets with the process, for tests of what is built on {@link Transaction}. Everything done is there at
 * once; there is no roll-back. It refuses what a database's keys would refuse, and counts the statements, so that a test
 * can hold that a batch's cost doesn't grow with its size.
 */
public final class InMemoryTransaction implements Transaction {
    private final NumberSource numbers;
    private final Map<Long, Call> calls = new TreeMap<>();
    private final Map<ExternalKey, Long> externalIds = new HashMap<>();
    private final Set<ReportKey> reportKeys = new LinkedHashSet<>();
    private final Map<Long, Event> events = new TreeMap<>();
    private final Set<CallName> erased = new HashSet<>();
    private final Map<TimerKey, Instant> timers = new HashMap<>();
    private final Map<Long, Webhook> webhooks = new TreeMap<>();
    private final Set<Delivery> fresh = new LinkedHashSet<>();
    private final List<LaneWrite> laneWrites = new ArrayList<>();
    private final Map<Long, Account> accounts = new HashMap<>();
    private final Map<Long, ApiKey> keys = new HashMap<>();
    private final List<KeptAnswer> answers = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    private record TimerKey(long call, CallTimer.Kind kind) {}

    /** @param numbers gives the endpoints of calls and the rows of the log their numbers */
    public InMemoryTransaction(NumberSource numbers) {
        this.numbers = numbers;
    }

    /** The names of the methods called since the last time this was asked. */
    public List<String> takeStatements() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    public List<Event> events() {
        return List.copyOf(events.values());
    }

    public Set<Delivery> fresh() {
        return fresh;
    }

    public List<LaneWrite> laneWrites() {
        return laneWrites;
    }

    public Optional<Instant> timer(long call, CallTimer.Kind kind) {
        return Optional.ofNullable(timers.get(new TimerKey(call, kind)));
    }

    public Call call(long no) {
        return Optional.ofNullable(calls.get(no))
                .orElseThrow(() -> new IllegalStateException("There is no call " + no));
    }

    public List<Call> allCalls() {
        return List.copyOf(calls.values());
    }

    public void forgetCall(long no) {
        calls.remove(no);
    }

    @Override
    public Map<Long, Call> calls(Collection<Long> wanted) {
        statements.add("calls");
        Map<Long, Call> found = new HashMap<>();
        wanted.forEach(no -> Optional.ofNullable(calls.get(no)).ifPresent(call -> found.put(no, call)));
        return found;
    }

    @Override
    public Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> wanted) {
        statements.add("callsByExternalId");
        Map<ExternalKey, Call> found = new HashMap<>();
        for (ExternalKey key : wanted) {
            Long no = externalIds.get(key);
            if (no != null) {
                found.put(key, call(no));
            }
        }
        return found;
    }

    @Override
    public Set<ReportKey> knownReportKeys(Collection<ReportKey> wanted) {
        statements.add("knownReportKeys");
        Set<ReportKey> known = new HashSet<>(wanted);
        known.retainAll(reportKeys);
        return known;
    }

    @Override
    public void insertReportKeys(Collection<ReportKey> added) {
        statements.add("insertReportKeys");
        added.forEach(key -> refuseUnless(reportKeys.add(key), key));
    }

    @Override
    public void insertCalls(Collection<Call> added) {
        statements.add("insertCalls");
        for (Call call : added) {
            refuseUnless(calls.putIfAbsent(call.no(), call) == null, call);
            String externalId = call.spec().externalId();
            if (externalId != null) {
                ExternalKey key = new ExternalKey(call.account(), externalId);
                refuseUnless(externalIds.putIfAbsent(key, call.no()) == null, key);
            }
        }
    }

    @Override
    public void updateCalls(Collection<Call> changed) {
        statements.add("updateCalls");
        changed.forEach(call -> refuseUnless(calls.replace(call.no(), call) != null, call));
    }

    @Override
    public void insertEvents(Collection<Event> added) {
        statements.add("insertEvents");
        for (Event event : added) {
            call(event.call());
            refuseUnless(events.putIfAbsent(event.no(), event) == null, event);
        }
    }

    @Override
    public Set<CallName> erased(Collection<CallName> names) {
        statements.add("erased");
        Set<CallName> known = new HashSet<>(names);
        known.retainAll(erased);
        return known;
    }

    @Override
    public void eraseCalls(Collection<Call> gone) {
        statements.add("eraseCalls");
        for (Call call : gone) {
            refuseUnless(calls.remove(call.no()) != null, call);
            events.values().removeIf(event -> event.call() == call.no());
            fresh.removeIf(delivery -> delivery.call() == call.no());
            reportKeys.removeIf(key -> key.call() == call.no());
            timers.keySet().removeIf(key -> key.call() == call.no());
            erased.add(new CallNumber(call.account(), call.no()));
            String externalId = call.spec().externalId();
            if (externalId != null) {
                externalIds.remove(new ExternalKey(call.account(), externalId));
                erased.add(new ExternalKey(call.account(), externalId));
            }
        }
    }

    /** Erasures are whole at once. */
    @Override
    public boolean eraseSlice(int rows) {
        statements.add("eraseSlice");
        return false;
    }

    @Override
    public boolean expireSlice(Instant before, int rows) {
        statements.add("expireSlice");
        events.values().removeIf(event -> event.createdAt().isBefore(before));
        fresh.removeIf(delivery -> !events.containsKey(delivery.event()));
        calls.values()
                .removeIf(call -> call.status().isOver() && call.updatedAt().isBefore(before));
        externalIds.values().retainAll(calls.keySet());
        return false;
    }

    @Override
    public void setTimers(Collection<CallTimer> set) {
        statements.add("setTimers");
        for (CallTimer timer : set) {
            TimerKey key = new TimerKey(timer.call(), timer.kind());
            Instant due = timer.due();
            if (due == null) {
                timers.remove(key);
            } else {
                timers.put(key, due);
            }
        }
    }

    @Override
    public List<Webhook> accountWebhooks(long account) {
        statements.add("accountWebhooks");
        return webhooks.values().stream()
                .filter(webhook -> webhook.account() == account && webhook.kind() == WebhookKind.ACCOUNT)
                .toList();
    }

    @Override
    public Webhook callWebhook(long account, String url) {
        statements.add("callWebhook");
        return webhooks.values().stream()
                .filter(webhook -> webhook.account() == account && webhook.kind() == WebhookKind.CALL)
                .filter(webhook -> webhook.url().equals(url))
                .findFirst()
                .orElseGet(() -> newCallWebhook(account, url));
    }

    private Webhook newCallWebhook(long account, String url) {
        long no = numbers.next();
        Instant now = NumberSource.timeOf(no);
        Webhook made = new Webhook(
                no,
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
                now);
        webhooks.put(no, made);
        return made;
    }

    @Override
    public Optional<Webhook> webhook(long no) {
        statements.add("webhook");
        return Optional.ofNullable(webhooks.get(no));
    }

    @Override
    public void insertFresh(Collection<Delivery> deliveries) {
        statements.add("insertFresh");
        for (Delivery delivery : deliveries) {
            refuseUnless(events.containsKey(delivery.event()) && fresh.add(delivery), delivery);
        }
    }

    @Override
    public void apply(Collection<LaneWrite> writes) {
        statements.add("apply");
        for (LaneWrite write : writes) {
            laneWrites.add(write);
            switch (write) {
                case LaneWrite.Finish finish -> fresh.remove(finish.delivery());
                case LaneWrite.Retry retry -> fresh.remove(retry.delivery());
                case LaneWrite.Spill spill -> fresh.remove(spill.delivery());
                case LaneWrite.Save _ -> {} // remembered in laneWrites
            }
        }
    }

    @Override
    public LaneState ask(Delivery delivery, Instant now) {
        throw new UnsupportedOperationException("Only what is fresh is remembered here");
    }

    @Override
    public int makeDue(long endpoint, Instant failedBefore, int limit) {
        return 0;
    }

    @Override
    public SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit) {
        return new SweepSlice(List.of(), Long.MAX_VALUE);
    }

    @Override
    public void insertSweep(Sweep sweep) {
        statements.add("insertSweep");
    }

    @Override
    public void deleteSweep(Sweep sweep) {
        statements.add("deleteSweep");
    }

    @Override
    public void insertReplay(Replay replay) {
        statements.add("insertReplay");
    }

    @Override
    public int runningReplays(long account) {
        return 0;
    }

    @Override
    public Optional<Replay> replay(long no) {
        return Optional.empty();
    }

    @Override
    public List<PastEvent> pastEvents(Replay replay, int limit) {
        return List.of();
    }

    @Override
    public Optional<LaneState> queueReplay(Replay replay, List<Delivery> deliveries, long position) {
        return Optional.empty();
    }

    @Override
    public void endReplay(long no, Replay.Status status) {
        statements.add("endReplay");
    }

    @Override
    public LoggedAttempt logTest(TestAttempt test) {
        statements.add("logTest");
        long no = numbers.next();
        Instant now = NumberSource.timeOf(no);
        boolean succeeded = test.result().error() == null;
        return new LoggedAttempt(
                no,
                test.account(),
                test.endpoint(),
                test.event(),
                test.type(),
                null,
                test.result().url(),
                succeeded ? LoggedAttempt.Status.SUCCEEDED : LoggedAttempt.Status.FAILED,
                true,
                1,
                test.result().responseStatus(),
                test.result().responseBody(),
                test.result().responseHeaders(),
                test.result().error(),
                test.result().duration().toMillis(),
                null,
                now,
                now,
                true);
    }

    @Override
    public void insertWebhook(Webhook webhook) {
        statements.add("insertWebhook");
        refuseUnless(webhooks.putIfAbsent(webhook.no(), webhook) == null, webhook);
    }

    @Override
    public void updateWebhook(Webhook webhook) {
        statements.add("updateWebhook");
        refuseUnless(webhooks.replace(webhook.no(), webhook) != null, webhook);
    }

    @Override
    public void deleteWebhook(long account, long no) {
        statements.add("deleteWebhook");
        webhooks.computeIfPresent(no, (_, webhook) -> webhook.account() == account ? null : webhook);
    }

    @Override
    public boolean deleteIdleCallWebhook(Webhook webhook, Instant since) {
        return false;
    }

    @Override
    public void insertAccount(Account account) {
        statements.add("insertAccount");
        refuseUnless(accounts.putIfAbsent(account.no(), account) == null, account);
    }

    @Override
    public Optional<Account> account(long no) {
        statements.add("account");
        return Optional.ofNullable(accounts.get(no));
    }

    @Override
    public void replaceSecrets(long account, List<SigningSecret> secrets, Instant now) {
        statements.add("replaceSecrets");
        accounts.computeIfPresent(account, (no, old) -> new Account(no, old.name(), secrets, old.createdAt()));
    }

    @Override
    public Optional<List<Webhook>> deleteAccount(long no) {
        statements.add("deleteAccount");
        if (accounts.remove(no) == null) {
            return Optional.empty();
        }
        keys.values().removeIf(key -> key.account() == no);
        List<Webhook> had = webhooks.values().stream()
                .filter(webhook -> webhook.account() == no)
                .toList();
        had.forEach(webhook -> webhooks.remove(webhook.no()));
        eraseCalls(calls.values().stream().filter(call -> call.account() == no).toList());
        return Optional.of(had);
    }

    @Override
    public boolean hasOperatorKey() {
        statements.add("hasOperatorKey");
        return keys.values().stream().anyMatch(key -> key.scope() == ApiKey.Scope.OPERATOR);
    }

    @Override
    public void insertKey(ApiKey key) {
        statements.add("insertKey");
        refuseUnless(keys.putIfAbsent(key.no(), key) == null, key);
    }

    @Override
    public boolean deleteKey(long account, long no) {
        statements.add("deleteKey");
        return keys.values().removeIf(key -> key.no() == no && key.account() == account);
    }

    @Override
    public void keepAnswer(KeptAnswer answer) {
        statements.add("keepAnswer");
        Instant outOfDate = NumberSource.timeOf(answer.no()).minus(KeptAnswer.LIFETIME);
        answers.removeIf(kept -> kept.account() == answer.account()
                && kept.request().equals(answer.request())
                && NumberSource.timeOf(kept.no()).isBefore(outOfDate));
        answers.add(answer);
    }

    @Override
    public void forgetAnswersAbout(long no) {
        statements.add("forgetAnswersAbout");
        answers.removeIf(kept -> Objects.equals(kept.about(), no));
    }

    @Override
    public int forgetAnswers(Instant before, int limit) {
        statements.add("forgetAnswers");
        List<KeptAnswer> old = answers.stream()
                .filter(kept -> NumberSource.timeOf(kept.no()).isBefore(before))
                .limit(limit)
                .toList();
        answers.removeAll(old);
        return old.size();
    }

    @Override
    public void touch() {
        statements.add("touch");
    }

    private static void refuseUnless(boolean allowed, Object row) {
        if (!allowed) {
            throw new IllegalStateException("A database would refuse " + row);
        }
    }
}
