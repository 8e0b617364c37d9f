package dev.ringpost.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Direction;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Intake;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.PageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The retention time, with a clock that is moved by hand. */
@SuppressWarnings("NullAway.Init") // set before each test
class ForgetterTest {
    private static final long ACCOUNT = 7;
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final PageRequest PAGE = new PageRequest.Offset(10, 0);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private SqliteStore store;
    private GroupCommit journal;
    private Forgetter forgetter;

    @BeforeEach
    void open() {
        InstantSource clock = () -> now;
        MasterKey key = new MasterKey(new byte[32]);
        store = SqliteStore.open(folder, key, clock);
        Intake intake = new Intake(
                store.numbers(),
                key.publicIds(),
                clock,
                new Intake.Settings(Duration.ZERO, Duration.ofHours(6), false));
        CallFold fold = (transaction, commands) -> {
            Intake.Result result = intake.process(transaction, commands);
            return new CallFold.Folded(result.answers(), result.committed(), result.events());
        };
        journal = new GroupCommit(store.writeSide(), fold, committed -> {}, Runnable::run, clock);
        forgetter = new Forgetter(journal, clock, RETENTION);
    }

    @AfterEach
    void close() {
        journal.close();
        store.close();
    }

    @Test
    void whatIsOlderThanTheRetentionTimeGoes() {
        report("old", new Report.Connected(now));
        report("old", new Report.Ended(now, "hangup", null, true, null, null));
        report("long", new Report.Connected(now));
        now = now.plus(Duration.ofDays(20));
        report("young", new Report.Connected(now));
        forgetter.pass();
        assertThat(calls(null)).isEqualTo(3);

        now = now.plus(Duration.ofDays(10)).plus(Duration.ofMinutes(2));
        forgetter.pass();
        assertThat(calls("old")).isZero();
        assertThat(calls("long")).as("it goes on").isOne();
        assertThat(calls("young")).isOne();
        assertThat(events()).as("of the old and the long call they are too old").isOne();
    }

    @Test
    void aCallThatEndsLateIsKeptFromThenOn() {
        report("a", new Report.Connected(now));
        now = now.plus(Duration.ofDays(29));
        report("a", new Report.Ended(now, "hangup", null, true, null, null));
        now = now.plus(Duration.ofDays(29));
        forgetter.pass();
        assertThat(calls("a")).isOne();
        now = now.plus(Duration.ofDays(4));
        forgetter.pass();
        assertThat(calls("a")).isZero();
        assertThat(events()).isZero();
    }

    @Test
    void numbersByTheMinuteGoAfterTwoDaysAndThoseByTheHourWithTheLog() {
        Instant first = now;
        count(first);
        now = now.plus(Duration.ofDays(2));
        forgetter.pass();
        assertThat(counted(Interval.MINUTE, first)).isOne();
        now = now.plus(Duration.ofMinutes(2));
        count(now);
        forgetter.pass();
        assertThat(counted(Interval.MINUTE, first)).isZero();
        assertThat(counted(Interval.MINUTE, now)).isOne();
        assertThat(counted(Interval.HOUR, first)).isOne();
        now = first.plus(RETENTION).plus(Duration.ofHours(1));
        forgetter.pass();
        assertThat(counted(Interval.HOUR, first)).isZero();
        assertThat(counted(Interval.HOUR, first.plus(Duration.ofDays(2)))).isOne();
    }

    private void count(Instant at) {
        Counts one = new Counts(1, 0, 0, Attempts.NONE, LagHistogram.EMPTY);
        Instant minute = Interval.MINUTE.startOf(at);
        Counted counted = new Counted(Interval.MINUTE, minute, ACCOUNT, Counted.WHOLE_ACCOUNT, one);
        journal.change(transaction -> {
                    transaction.addCounts(counted.rows());
                    return counted;
                })
                .join();
    }

    private long counted(Interval interval, Instant at) {
        Instant start = interval.startOf(at);
        return store.records()
                .counts(ACCOUNT, Counted.WHOLE_ACCOUNT, interval, start, start.plusSeconds(1))
                .size();
    }

    @Test
    void anExternalIdIsFreeAgain() {
        report("a", new Report.Failed(now, "busy"));
        now = now.plus(RETENTION).plus(Duration.ofMinutes(2));
        forgetter.pass();
        report("a", new Report.Connected(now));
        assertThat(store.records()
                        .calls(ACCOUNT, new CallFilter(null, CallStatus.IN_PROGRESS, "a", null, null), PAGE)
                        .total())
                .isOne();
    }

    @Test
    void thousandsGoAndTheFileShrinks() throws java.io.IOException {
        List<CallCommand> commands = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            commands.add(command("call-" + i, new Report.Failed(now, "x".repeat(2000))));
        }
        journal.submit(commands).join();
        checkpointed();
        long before = java.nio.file.Files.size(folder.resolve("ringpost.db"));
        now = now.plus(RETENTION).plus(Duration.ofMinutes(2));
        forgetter.pass();
        assertThat(calls(null)).isZero();
        assertThat(events()).isZero();
        checkpointed();
        assertThat(java.nio.file.Files.size(folder.resolve("ringpost.db"))).isLessThan(before / 3);
    }

    /** To erase a call is to move the whole log into the file. */
    private void checkpointed() {
        CallAnswer.Done made =
                (CallAnswer.Done) report("gone-" + store.numbers().next(), new Report.Failed(now, "busy"));
        journal.submit(List.of(new CallCommand.Erase(ACCOUNT, made.call().no())))
                .join();
        forgetter.pass();
        store.writeAheadLog().traceless().join();
    }

    private CallAnswer report(String externalId, Report report) {
        return journal.submit(List.of(command(externalId, report))).join().getFirst();
    }

    private static CallCommand command(String externalId, Report report) {
        CallSpec spec = new CallSpec(
                externalId,
                "agent",
                Direction.WEB,
                null,
                null,
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                null);
        return new CallCommand.Apply(ACCOUNT, new CallCommand.CallRef.ByExternalId(externalId, spec), report, null);
    }

    private long calls(@Nullable String externalId) {
        return store.records()
                .calls(ACCOUNT, new CallFilter(null, null, externalId, null, null), PAGE)
                .total();
    }

    private long events() {
        return store.records()
                .events(ACCOUNT, new EventFilter(null, null, null, null), PAGE)
                .total();
    }
}
