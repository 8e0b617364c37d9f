package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.secret.SecretBox;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.LoggedAttempt.Status;
import dev.ringpost.store.TestAttempt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the attempt log. They get their numbers here, under the writer: so the log only ever grows at its front.
 */
final class AttemptRows {
    /** Larger answers go to a table of their own, so that the log's pages stay dense. */
    private static final int SMALL_ANSWER = 256;

    /** In the column {@code call}: a test. Null there says that the call was erased. */
    static final int NO_CALL = 0;

    private final Database database;
    private final SecretBox secrets;
    private final NumberSource numbers;
    private final LateIndexes indexes;
    private final WrittenAccounts logged = new WrittenAccounts();

    AttemptRows(Database database, SecretBox secrets, NumberSource numbers, LateIndexes indexes) {
        this.database = database;
        this.secrets = secrets;
        this.numbers = numbers;
        this.indexes = indexes;
    }

    Attempt of(LaneWrite.Finish finish) {
        Delivery delivery = finish.delivery();
        return new Attempt(
                numbers.next(), delivery, status(finish.end()), true, finish.attempts(), finish.result(), null);
    }

    Attempt of(LaneWrite.Retry retry) {
        return new Attempt(
                numbers.next(),
                retry.delivery(),
                Status.FAILED,
                false,
                retry.attempts(),
                retry.result(),
                retry.dueAt());
    }

    /** A failed attempt with no other to come: the call was erased meanwhile. */
    Attempt lastOf(LaneWrite.Retry retry) {
        return new Attempt(
                numbers.next(), retry.delivery(), Status.FAILED, true, retry.attempts(), retry.result(), null);
    }

    /** A delivery that ends without another attempt. */
    Attempt cancelled(Delivery delivery) {
        return new Attempt(numbers.next(), delivery, Status.CANCELLED, true, 0, null, null);
    }

    /** An attempt that was under way when its delivery was cancelled with its call; empty where none was. */
    Optional<Attempt> ofErased(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish when finish.result() != null -> Optional.of(late(of(finish)));
            case LaneWrite.Retry retry -> Optional.of(late(lastOf(retry)));
            case LaneWrite.Finish _, LaneWrite.Spill _, LaneWrite.Save _ -> Optional.empty();
        };
    }

    /** The row that ended the delivery is there already. */
    private static Attempt late(Attempt attempt) {
        return new Attempt(
                attempt.no(), attempt.delivery(), attempt.status(), false, attempt.attempt(), attempt.result(), null);
    }

    /** How many attempts of the delivery the log knows. */
    int made(Delivery delivery) {
        return database.first(
                        "select coalesce(max(attempt), 0) from attempts where event = ? and endpoint = ?",
                        row -> row.small(1),
                        delivery.event(),
                        delivery.endpoint())
                .orElse(0);
    }

    LoggedAttempt logTest(TestAttempt test) {
        AttemptResult result = test.result();
        Status status = result.verdict() == AttemptResult.Verdict.SUCCEEDED ? Status.SUCCEEDED : Status.FAILED;
        Delivery sample = new Delivery(test.event(), test.endpoint(), test.account(), NO_CALL, 0, test.type());
        Attempt attempt = new Attempt(numbers.next(), sample, status, true, 1, result, null);
        write(List.of(attempt), Map.of());
        return new LoggedAttempt(
                attempt.no(),
                test.account(),
                test.endpoint(),
                test.event(),
                test.type(),
                null,
                result.url(),
                status,
                true,
                1,
                result.responseStatus(),
                result.responseBody(),
                result.responseHeaders(),
                result.error(),
                result.duration().toMillis(),
                null,
                NumberSource.timeOf(attempt.no()),
                NumberSource.timeOf(test.event()),
                true);
    }

    /**
     * @param keys of the calls; one that has none was erased, and its attempt is logged without a trace of it
     */
    void write(List<Attempt> attempts, Map<Long, CallKey> keys) {
        record Large(long no, byte[] answer) {}
        List<Large> large = new ArrayList<>();
        Map<Long, String> urls = new HashMap<>();
        database.updateEach(
                "insert into attempts (event, endpoint, no, account, call, type, status, final, attempt, url, http, ms,"
                        + " next_retry_at, error, answer) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                attempts,
                attempt -> {
                    logged.add(attempt.delivery().account());
                    byte[] answer = sealedAnswer(attempt, keys);
                    if (answer != null && answer.length > SMALL_ANSWER) {
                        large.add(new Large(attempt.no(), answer));
                        answer = null;
                    }
                    return columns(attempt, keys, answer, url(urls, attempt));
                });
        attempts.forEach(attempt -> indexes.wrote(LateIndexes.Source.ATTEMPTS, attempt.no()));
        database.updateEach(
                "insert into bodies (no, answer) values (?, ?)", large, each -> row(each.no(), each.answer()));
    }

    /** Those for whom something was logged since this was last asked. */
    Set<Long> accountsLogged() {
        return logged.take();
    }

    private byte @Nullable [] sealedAnswer(Attempt attempt, Map<Long, CallKey> keys) {
        byte[] answer = AnswerBytes.of(attempt.result());
        long call = attempt.delivery().call();
        if (answer == null) {
            return null;
        }
        if (call == NO_CALL) {
            return secrets.seal(answer, testPlace(attempt.no()));
        }
        CallKey key = keys.get(call);
        return key == null ? null : key.seal(answer, Part.ANSWER, attempt.no());
    }

    static String testPlace(long no) {
        return "attempt:" + no;
    }

    private static @Nullable Object[] columns(
            Attempt attempt, Map<Long, CallKey> keys, byte @Nullable [] answer, String url) {
        Delivery delivery = attempt.delivery();
        AttemptResult result = attempt.result();
        boolean erased = delivery.call() != NO_CALL && !keys.containsKey(delivery.call());
        return row(
                delivery.event(),
                delivery.endpoint(),
                attempt.no(),
                delivery.account(),
                erased ? null : delivery.call(),
                delivery.type().code(),
                attempt.status().code(),
                attempt.isFinal() ? 1 : 0,
                attempt.attempt(),
                url,
                result == null ? null : result.responseStatus(),
                result == null ? 0 : result.duration().toMillis(),
                attempt.nextRetryAt(),
                result == null ? null : result.error(),
                answer);
    }

    /** Where it went, or, where nothing was sent, where it would have gone. */
    private String url(Map<Long, String> known, Attempt attempt) {
        AttemptResult result = attempt.result();
        if (result != null) {
            return result.url();
        }
        return known.computeIfAbsent(
                attempt.delivery().endpoint(),
                endpoint -> database.first("select url from endpoints where no = ?", row -> row.text(1), endpoint)
                        .orElse(""));
    }

    private static Status status(DeliveryEnd end) {
        return switch (end) {
            case SUCCEEDED -> Status.SUCCEEDED;
            case GAVE_UP -> Status.FAILED;
            case CANCELLED -> Status.CANCELLED;
            case SUPERSEDED -> Status.SUPERSEDED;
        };
    }

    /** A row before it is written. */
    record Attempt(
            long no,
            Delivery delivery,
            Status status,
            boolean isFinal,
            int attempt,
            @Nullable AttemptResult result,
            @Nullable Long nextRetryAt) {}
}
