package dev.ringpost.store.memory;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.LoggedAttempt.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The attempts: rows are only added at the front. */
final class Log {
    /** Of a test: it is of no call. */
    static final long NO_CALL = 0;

    private final Undo undo;
    private final NumberSource numbers;
    private final LongPredicate hasKey;
    private final LongFunction<String> url;
    private final Map<DeliveryKey, List<LoggedAttempt>> byDelivery = new HashMap<>();

    final Table<Long, LoggedAttempt> rows;

    /**
     * @param hasKey whether the call of this number is not erased
     * @param url where an endpoint is, also of one that was deleted
     */
    Log(Undo undo, NumberSource numbers, LongPredicate hasKey, LongFunction<String> url) {
        this.undo = undo;
        this.numbers = numbers;
        this.hasKey = hasKey;
        this.url = url;
        this.rows = new Table<>(undo);
    }

    static Status status(DeliveryEnd end) {
        return switch (end) {
            case SUCCEEDED -> Status.SUCCEEDED;
            case GAVE_UP -> Status.FAILED;
            case CANCELLED -> Status.CANCELLED;
            case SUPERSEDED -> Status.SUPERSEDED;
        };
    }

    LoggedAttempt add(
            Delivery delivery,
            Status status,
            boolean isFinal,
            int attempt,
            @Nullable AttemptResult result,
            @Nullable Long nextRetryAt) {
        long no = numbers.next();
        boolean test = delivery.call() == NO_CALL;
        boolean traceless = !test && !hasKey.test(delivery.call());
        LoggedAttempt row = new LoggedAttempt(
                no,
                delivery.account(),
                delivery.endpoint(),
                delivery.event(),
                delivery.type(),
                test || traceless ? null : (Long) delivery.call(),
                result == null ? url.apply(delivery.endpoint()) : result.url(),
                status,
                isFinal,
                attempt,
                result == null ? null : result.responseStatus(),
                result == null || traceless ? null : result.responseBody(),
                result == null || traceless ? Map.of() : result.responseHeaders(),
                result == null ? null : result.error(),
                result == null ? 0 : result.duration().toMillis(),
                nextRetryAt == null ? null : Instant.ofEpochMilli(nextRetryAt),
                NumberSource.timeOf(no),
                NumberSource.timeOf(delivery.event()),
                test);
        insert(row);
        return row;
    }

    private void insert(LoggedAttempt row) {
        rows.insert(row.no(), row);
        DeliveryKey key = new DeliveryKey(row.event(), row.endpoint());
        List<LoggedAttempt> list = byDelivery.computeIfAbsent(key, k -> new ArrayList<>(2));
        list.add(row);
        undo.add(() -> list.removeLast());
    }

    /** Oldest first. */
    List<LoggedAttempt> of(DeliveryKey key) {
        return byDelivery.getOrDefault(key, List.of());
    }

    /** How many attempts the log knows. */
    int attempts(DeliveryKey key) {
        return of(key).stream().mapToInt(LoggedAttempt::attempt).max().orElse(0);
    }

    void remove(LoggedAttempt row) {
        replace(row, null);
    }

    void forgetCall(LoggedAttempt row) {
        replace(
                row,
                new LoggedAttempt(
                        row.no(),
                        row.account(),
                        row.endpoint(),
                        row.event(),
                        row.type(),
                        null,
                        row.url(),
                        row.status(),
                        row.isFinal(),
                        row.attempt(),
                        row.responseStatus(),
                        null,
                        Map.of(),
                        row.error(),
                        row.durationMs(),
                        row.nextRetryAt(),
                        row.completedAt(),
                        row.createdAt(),
                        row.test()));
    }

    private void replace(LoggedAttempt row, @Nullable LoggedAttempt by) {
        DeliveryKey key = new DeliveryKey(row.event(), row.endpoint());
        List<LoggedAttempt> before = of(key);
        List<LoggedAttempt> after = new ArrayList<>(before);
        after.removeIf(other -> other.no() == row.no());
        if (by == null) {
            rows.remove(row.no());
        } else {
            rows.put(row.no(), by);
            after.add(by);
            after.sort(java.util.Comparator.comparingLong(LoggedAttempt::no));
        }
        if (after.isEmpty()) {
            byDelivery.remove(key);
        } else {
            byDelivery.put(key, after);
        }
        undo.add(() -> byDelivery.put(key, before));
    }
}
