package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.LoggedAttempt.Status;
import dev.ringpost.store.TestAttempt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the attempt log. They get their numbers here, under the writer: so the log only ever grows at its front.
 */
final class AttemptRows {
    static final String COLUMNS = "a.no, a.account, a.endpoint, a.event, a.type, a.call, a.url, a.status, a.final,"
            + " a.attempt, a.http, a.ms, a.next_retry_at, a.error, coalesce(a.headers, b.headers, '{}'),"
            + " coalesce(a.body, b.body)";

    /** Larger answers go to a table of their own, so that the log's pages stay dense. */
    private static final int SMALL_ANSWER = 256;

    private static final int NO_CALL = 0;

    private final Database database;
    private final NumberSource numbers;

    AttemptRows(Database database, NumberSource numbers) {
        this.database = database;
        this.numbers = numbers;
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

    LoggedAttempt logTest(TestAttempt test) {
        AttemptResult result = test.result();
        Status status = result.verdict() == AttemptResult.Verdict.SUCCEEDED ? Status.SUCCEEDED : Status.FAILED;
        Delivery sample = new Delivery(test.event(), test.endpoint(), test.account(), NO_CALL, 0, test.type());
        Attempt attempt = new Attempt(numbers.next(), sample, status, true, 1, result, null);
        write(List.of(attempt));
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

    void write(List<Attempt> attempts) {
        List<Answer> large = new ArrayList<>();
        Map<Long, String> urls = new HashMap<>();
        database.updateEach(
                "insert into attempts (event, endpoint, no, account, call, type, status, final, attempt, url, http, ms,"
                        + " next_retry_at, error, headers, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                attempts,
                attempt -> {
                    Answer answer = Answer.of(attempt);
                    if (!answer.isSmall()) {
                        large.add(answer);
                    }
                    return columns(attempt, answer, url(urls, attempt));
                });
        database.updateEach(
                "insert into bodies (no, headers, body) values (?, ?, ?)",
                large,
                answer -> row(answer.no(), answer.headers() == null ? "{}" : answer.headers(), answer.body()));
    }

    private static @Nullable Object[] columns(Attempt attempt, Answer answer, String url) {
        Delivery delivery = attempt.delivery();
        AttemptResult result = attempt.result();
        return row(
                delivery.event(),
                delivery.endpoint(),
                attempt.no(),
                delivery.account(),
                delivery.call() == NO_CALL ? null : delivery.call(),
                delivery.type().code(),
                attempt.status().code(),
                attempt.isFinal() ? 1 : 0,
                attempt.attempt(),
                url,
                result == null ? null : result.responseStatus(),
                result == null ? 0 : result.duration().toMillis(),
                attempt.nextRetryAt(),
                result == null ? null : result.error(),
                answer.isSmall() ? answer.headers() : null,
                answer.isSmall() ? answer.body() : null);
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

    static LoggedAttempt read(Row row) throws SQLException {
        long no = row.number(1);
        long event = row.number(4);
        Long call = row.numberOrNull(6);
        return new LoggedAttempt(
                no,
                row.number(2),
                row.number(3),
                event,
                EventType.ofCode(row.small(5)),
                call,
                row.text(7),
                Status.ofCode(row.small(8)),
                row.flag(9),
                row.small(10),
                row.smallOrNull(11),
                row.bytesOrNull(16),
                HeadersJson.read(row.text(15)),
                row.textOrNull(14),
                row.number(12),
                row.timeOrNull(13),
                NumberSource.timeOf(no),
                NumberSource.timeOf(event),
                call == null);
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

    /** What the receiver said. */
    private record Answer(long no, @Nullable String headers, byte @Nullable [] body) {
        static Answer of(Attempt attempt) {
            AttemptResult result = attempt.result();
            if (result == null) {
                return new Answer(attempt.no(), null, null);
            }
            String headers = result.responseHeaders().isEmpty() ? null : HeadersJson.write(result.responseHeaders());
            return new Answer(attempt.no(), headers, result.responseBody());
        }

        boolean isSmall() {
            return (headers == null ? 0 : headers.length()) + (body == null ? 0 : body.length) <= SMALL_ANSWER;
        }
    }
}
