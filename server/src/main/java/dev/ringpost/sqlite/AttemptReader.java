package dev.ringpost.sqlite;

import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.LoggedAttempt.Status;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads rows of the attempt log. */
final class AttemptReader {
    static final String AFTER_NUMBER = ", a.account, a.endpoint, a.event, a.type,"
            + " a.call, a.url, a.status, a.final, a.attempt, a.http, a.ms, a.next_retry_at, a.error, coalesce(a.answer, b.answer), k.key";

    static final String COLUMNS = "a.no" + AFTER_NUMBER;

    private final Sealing sealing;

    AttemptReader(Sealing sealing) {
        this.sealing = sealing;
    }

    LoggedAttempt read(Row row) throws SQLException {
        long no = row.number(1);
        long event = row.number(4);
        Long call = row.numberOrNull(6);
        EventType type = EventType.ofCode(row.small(5));
        boolean test = call != null && call == AttemptRows.NO_CALL;
        CallKey key = call == null || test ? null : sealing.calls().key(call, row.bytesOrNull(16));
        AnswerBytes answer = answer(row.bytesOrNull(15), no, key, test);
        return new LoggedAttempt(
                no,
                row.number(2),
                row.number(3),
                event,
                type,
                // Without a key the call is gone, also where its rows are not worked off yet.
                key == null || !type.isOfCall() ? null : call,
                row.text(7),
                Status.ofCode(row.small(8)),
                row.flag(9),
                row.small(10),
                row.smallOrNull(11),
                answer.body(),
                answer.headers(),
                row.textOrNull(14),
                row.number(12),
                row.timeOrNull(13),
                NumberSource.timeOf(no),
                NumberSource.timeOf(event),
                test);
    }

    private AnswerBytes answer(byte @Nullable [] sealed, long no, @Nullable CallKey key, boolean test) {
        if (sealed == null) {
            return AnswerBytes.NONE;
        }
        if (test) {
            return AnswerBytes.read(sealing.box().open(sealed, AttemptRows.testPlace(no)));
        }
        return key == null ? AnswerBytes.NONE : AnswerBytes.read(key.open(sealed, Part.ANSWER, no));
    }
}
