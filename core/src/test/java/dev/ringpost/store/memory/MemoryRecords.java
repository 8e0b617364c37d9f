package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.id.NumberSource;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.AttemptFilter;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.Event;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.store.Replay;
import dev.ringpost.store.Standing;
import dev.ringpost.store.Stretch;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.store.WaitingDelivery.Behind;
import dev.ringpost.store.WebhookFilter;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is committed, for users to read. */
final class MemoryRecords implements Records {
    private final MemoryStore store;

    MemoryRecords(MemoryStore store) {
        this.store = store;
    }

    private static <T> Page<T> page(Stream<T> rows, ToLongFunction<T> number, PageRequest request) {
        List<T> all = rows.sorted(Comparator.comparingLong(number).reversed()).toList();
        return switch (request) {
            case PageRequest.Offset(int limit, int offset) ->
                cut(all.stream().skip(offset).toList(), limit, Math.min(all.size(), Page.COUNT_CAP));
            case PageRequest.Cursor(int limit, Long before) ->
                cut(
                        all.stream()
                                .filter(row -> before == null || number.applyAsLong(row) < before)
                                .toList(),
                        limit,
                        -1);
        };
    }

    private static <T> Page<T> cut(List<T> rows, int limit, long total) {
        return new Page<>(rows.stream().limit(limit).toList(), total, rows.size() > limit);
    }

    private static <T> Stretch<T> stretch(
            Stream<T> rows,
            ToLongFunction<T> number,
            ToLongFunction<T> size,
            long after,
            Stretch.Bound bound,
            long newest) {
        List<T> items = new ArrayList<>();
        long bytes = 0;
        for (T row : rows.filter(each -> number.applyAsLong(each) > after)
                .sorted(Comparator.comparingLong(number))
                .toList()) {
            items.add(row);
            bytes += size.applyAsLong(row);
            if (items.size() == bound.items() || bytes >= bound.bytes()) {
                return new Stretch<>(items, number.applyAsLong(row), true);
            }
        }
        return new Stretch<>(items, Math.max(after, newest), false);
    }

    private static boolean isSince(Instant at, @Nullable Instant since, @Nullable Instant until) {
        return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
    }

    private static boolean fits(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }

    @Override
    public Optional<Call> call(long account, long no) {
        return store.calls.rows.find(no).filter(call -> call.account() == account);
    }

    @Override
    public Page<Call> calls(long account, CallFilter filter, PageRequest page) {
        return page(
                store.calls.rows.all().stream()
                        .filter(call -> call.account() == account
                                && fits(filter.agentId(), call.spec().agentId())
                                && fits(filter.status(), call.status())
                                && fits(filter.externalId(), call.spec().externalId())
                                && isSince(call.createdAt(), filter.since(), filter.until())),
                Call::no,
                page);
    }

    private boolean isReadable(Event event) {
        return store.calls.keys.contains(event.call());
    }

    @Override
    public Optional<Event> event(long account, long no) {
        return store.calls.events.find(no).filter(event -> event.account() == account && isReadable(event));
    }

    @Override
    public Page<Event> events(long account, EventFilter filter, PageRequest page) {
        return page(events(account, filter), Event::no, page);
    }

    private Stream<Event> events(long account, EventFilter filter) {
        return store.calls.events.all().stream()
                .filter(event -> event.account() == account
                        && isReadable(event)
                        && event.type().isOfCall()
                        && fits(filter.type(), event.type())
                        && fits(filter.call(), event.call())
                        && isSince(event.createdAt(), filter.since(), filter.until()));
    }

    @Override
    public Stretch<Event> eventsAfter(long account, EventFilter filter, long after, Stretch.Bound bound) {
        return stretch(
                events(account, filter),
                Event::no,
                event -> event.payload().length,
                after,
                bound,
                newestEvent(account));
    }

    @Override
    public long newestEvent(long account) {
        return store.calls.events.all().stream()
                .filter(event -> event.account() == account)
                .mapToLong(Event::no)
                .max()
                .orElse(0);
    }

    @Override
    public Optional<Webhook> webhook(long account, long no) {
        return store.endpoints.find(no).filter(webhook -> webhook.account() == account);
    }

    @Override
    public Page<Webhook> webhooks(long account, WebhookFilter filter, PageRequest page) {
        return page(
                store.endpoints.ofAnyKind(account).stream()
                        .filter(webhook -> webhook.kind() == filter.kind()
                                && fits(filter.status(), webhook.status())
                                && fits(filter.failing(), isFailing(webhook))
                                && (filter.numbers() == null || filter.numbers().contains(webhook.no()))),
                Webhook::no,
                page);
    }

    private boolean isFailing(Webhook webhook) {
        return lane(webhook.account(), webhook.no())
                .filter(lane -> lane.health().failures() > 0)
                .isPresent();
    }

    @Override
    public Optional<LaneState> lane(long account, long endpoint) {
        return store.deliveries.lanes.find(endpoint).map(LaneRow::state).filter(lane -> lane.account() == account);
    }

    @Override
    public long queueLength(long account, long endpoint) {
        return lane(account, endpoint).isPresent() ? store.deliveries.waiting(endpoint) : 0;
    }

    @Override
    public Page<WaitingDelivery> waiting(long account, long endpoint, Set<Long> but, PageRequest page) {
        List<WaitingDelivery> waiting = new ArrayList<>();
        store.deliveries.queue(endpoint).rows().values().forEach(row -> waiting.add(waiting(row.queued())));
        store.deliveries.fresh.all().stream()
                .filter(delivery -> delivery.endpoint() == endpoint)
                .forEach(delivery -> waiting.add(waiting(delivery)));
        return page(
                waiting.stream()
                        .filter(each -> each.delivery().account() == account
                                && !but.contains(each.delivery().event())),
                each -> each.delivery().event(),
                page);
    }

    @Override
    public Optional<WaitingDelivery> waiting(long account, long event, long endpoint) {
        Queue.Row row = store.deliveries.queue(endpoint).get(event);
        Optional<WaitingDelivery> found = row == null
                ? store.deliveries.fresh.find(new DeliveryKey(event, endpoint)).map(this::waiting)
                : Optional.of(waiting(row.queued()));
        return found.filter(each -> each.delivery().account() == account);
    }

    private WaitingDelivery waiting(Delivery fresh) {
        return waiting(new Queued(fresh, Rank.UNTRIED, 0, 0, 0));
    }

    private WaitingDelivery waiting(Queued queued) {
        Delivery delivery = queued.delivery();
        Queue queue = store.deliveries.queue(delivery.endpoint());
        Queue.Row row = new Queue.Row(queued, 0);
        boolean timed = queued.rank() != Rank.UNTRIED && queued.dueAt() > 0;
        Behind behind = queue.isBehind(row, Rank.UNTRIED)
                ? Behind.UNTRIED
                : queue.isBehind(row, Rank.TRIED) ? Behind.TRIED : Behind.NOTHING;
        return new WaitingDelivery(
                delivery,
                queued.rank(),
                queued.attempts(),
                timed ? Instant.ofEpochMilli(queued.dueAt()) : NumberSource.timeOf(delivery.event()),
                behind);
    }

    @Override
    public Optional<Replay> replay(long account, long no) {
        return store.replays.find(no).filter(replay -> replay.account() == account);
    }

    @Override
    public List<Counted> counts(long account, long endpoint, Interval interval, Instant since, Instant until) {
        return store.counts.counts(account, endpoint, interval, since, until);
    }

    @Override
    public Map<Long, Attempts> attempts(long account, Collection<Long> endpoints, Instant since, Instant until) {
        Map<Long, Attempts> sums = new HashMap<>();
        for (long endpoint : endpoints) {
            counts(account, endpoint, Interval.HOUR, since, until)
                    .forEach(hour -> sums.merge(endpoint, hour.counts().attempts(), Attempts::plus));
        }
        return sums;
    }

    @Override
    public Standing standing(long account) {
        List<Webhook> webhooks = store.endpoints.ofAnyKind(account);
        long waiting = webhooks.stream()
                .mapToLong(webhook -> queueLength(account, webhook.no()))
                .sum();
        long failing = webhooks.stream().filter(this::isFailing).count();
        long open = webhooks.stream()
                .flatMap(webhook -> lane(account, webhook.no()).stream())
                .filter(lane -> lane.health().probeAt() != 0)
                .count();
        return new Standing(waiting, (int) (failing - open), (int) open);
    }

    @Override
    public Page<LoggedAttempt> attempts(long account, AttemptFilter filter, PageRequest page) {
        return page(attempts(account, filter), LoggedAttempt::no, page);
    }

    private Stream<LoggedAttempt> attempts(long account, AttemptFilter filter) {
        return store.log.rows.all().stream()
                .filter(row -> row.account() == account
                        && (filter.endpoints() == null || filter.endpoints().contains(row.endpoint()))
                        && fits(filter.type(), row.type())
                        && fits(filter.status(), row.status())
                        && fits(filter.isFinal(), row.isFinal())
                        && fits(filter.event(), row.event())
                        && fits(filter.call(), row.call())
                        && isSince(row.completedAt(), filter.since(), filter.until()));
    }

    @Override
    public Stretch<LoggedAttempt> attemptsAfter(long account, AttemptFilter filter, long after, Stretch.Bound bound) {
        return stretch(
                attempts(account, filter),
                LoggedAttempt::no,
                row -> row.responseBody() == null ? 0 : row.responseBody().length,
                after,
                bound,
                newestAttempt(account));
    }

    @Override
    public long newestAttempt(long account) {
        return store.log.rows.all().stream()
                .filter(row -> row.account() == account)
                .mapToLong(LoggedAttempt::no)
                .max()
                .orElse(0);
    }

    @Override
    public List<LoggedAttempt> attemptsOf(long account, long event, long endpoint) {
        return store.log.of(new DeliveryKey(event, endpoint)).reversed().stream()
                .filter(row -> row.account() == account)
                .toList();
    }

    @Override
    public Optional<Account> account(long no) {
        return store.endpoints.accounts.find(no);
    }

    @Override
    public List<Account> accounts() {
        return List.copyOf(store.endpoints.accounts.all());
    }

    @Override
    public Page<Account> accounts(PageRequest page) {
        return page(store.endpoints.accounts.all().stream(), Account::no, page);
    }

    @Override
    public List<Account> accountsNamed(String name) {
        return accounts().stream()
                .filter(account -> account.name().equals(name))
                .toList();
    }

    @Override
    public Optional<ApiKey> key(String hash) {
        return store.keys.all().stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    @Override
    public List<ApiKey> keys(long account) {
        return store.keys.sorted().descendingMap().values().stream()
                .filter(key -> key.account() == account)
                .toList();
    }

    @Override
    public Page<ApiKey> keys(long account, PageRequest page) {
        return page(keys(account).stream(), ApiKey::no, page);
    }

    @Override
    public boolean hasKeys() {
        return !store.keys.isEmpty();
    }

    @Override
    public Optional<KeptAnswer> keptAnswer(long account, String request) {
        return store.answers.all().stream()
                .filter(answer ->
                        answer.account() == account && answer.request().equals(request))
                .findFirst();
    }
}
