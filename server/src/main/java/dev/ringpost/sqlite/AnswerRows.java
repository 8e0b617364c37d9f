package dev.ringpost.sqlite;

import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.secret.CallKeys.Part;
import dev.ringpost.store.KeptAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers kept for their idempotency keys, sealed: what tells of a call with the call's key, so that it is erased with it.
 * The number holds the time, so the oldest are at the table's front.
 */
final class AnswerRows {
    private final Database database;
    private final Sealing sealing;

    AnswerRows(Database database, Sealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    Optional<KeptAnswer> find(long account, String request) {
        return database.first(
                "select a.no, a.account, a.request, a.body, a.about, a.status, a.content_type, a.location,"
                        + " a.content, k.key from answers a left join call_keys k on k.no = a.about"
                        + " where a.account = ? and a.request = ?",
                this::read,
                account,
                request);
    }

    /** Takes the place of one that is out of date; one that is not refuses it. */
    void insert(KeptAnswer answer) {
        Instant outOfDate = NumberSource.timeOf(answer.no()).minus(KeptAnswer.LIFETIME);
        database.update(
                "delete from answers where account = ? and request = ? and no < ?",
                answer.account(),
                answer.request(),
                NumberSource.firstAt(outOfDate));
        database.update(
                "insert into answers (no, account, request, body, about, status, content_type, location, content)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                answer.no(),
                answer.account(),
                answer.request(),
                answer.body(),
                answer.about(),
                answer.status(),
                answer.contentType(),
                answer.location(),
                sealed(answer));
    }

    private byte[] sealed(KeptAnswer answer) {
        Long about = answer.about();
        byte[] value = about == null ? null : callValue(about);
        CallKey key = about == null ? null : sealing.calls().key(about, value);
        return key == null
                ? sealing.box().seal(answer.content(), place(answer.no()))
                : key.seal(answer.content(), Part.REPLY, answer.no());
    }

    /** Null where it is no call. */
    private byte @Nullable [] callValue(long about) {
        return database.first("select key from call_keys where no = ?", row -> row.bytes(1), about)
                .orElse(null);
    }

    void deleteAbout(long no) {
        database.update("delete from answers where about = ?", no);
    }

    int deleteBefore(Instant time, int limit) {
        return database.update(
                "delete from answers where no in (select no from answers where no < ? order by no limit ?)",
                NumberSource.firstAt(time),
                limit);
    }

    private KeptAnswer read(Row row) throws SQLException {
        long no = row.number(1);
        Long about = row.numberOrNull(5);
        CallKey key = about == null ? null : sealing.calls().key(about, row.bytesOrNull(10));
        byte[] content = row.bytes(9);
        return new KeptAnswer(
                no,
                row.number(2),
                row.text(3),
                row.text(4),
                about,
                row.small(6),
                row.text(7),
                row.textOrNull(8),
                key == null ? sealing.box().open(content, place(no)) : key.open(content, Part.REPLY, no));
    }

    private static String place(long no) {
        return "answer:" + no;
    }
}
