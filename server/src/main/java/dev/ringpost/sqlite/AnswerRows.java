package dev.ringpost.sqlite;

import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.SecretBox;
import dev.ringpost.store.KeptAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Answers kept for their idempotency keys, sealed. The number holds the time, so the oldest are at the table's front. */
final class AnswerRows {
    private final Database database;
    private final SecretBox secrets;

    AnswerRows(Database database, SecretBox secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    Optional<KeptAnswer> find(long account, String request) {
        return database.first(
                "select no, account, request, body, about, status, content_type, location, content from answers"
                        + " where account = ? and request = ?",
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
                secrets.seal(answer.content(), place(answer.no())));
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
        return new KeptAnswer(
                no,
                row.number(2),
                row.text(3),
                row.text(4),
                row.numberOrNull(5),
                row.small(6),
                row.text(7),
                row.textOrNull(8),
                secrets.open(row.bytes(9), place(no)));
    }

    private static String place(long no) {
        return "answer:" + no;
    }
}
