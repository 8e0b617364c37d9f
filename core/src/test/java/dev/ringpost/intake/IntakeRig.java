package dev.ringpost.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An intake on a store in memory, with a clock that tests set. */
final class IntakeRig {
    static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    static final Duration WAIT = Duration.ofSeconds(10);
    static final Duration TIMEOUT = Duration.ofHours(6);

    Instant now = T0;
    private final InstantSource clock = () -> now;
    final NumberSource numbers = new NumberSource(clock, 0, 0);
    final IntakeStore store = new IntakeStore(numbers);
    private final Intake intake;

    /** Nobody is told which calls to place. */
    IntakeRig() {
        this(false);
    }

    IntakeRig(boolean callEngine) {
        intake =
                new Intake(numbers, new PublicIds(new byte[32]), clock, new Intake.Settings(WAIT, TIMEOUT, callEngine));
    }

    IntakeRig with(Webhook... webhooks) {
        for (Webhook webhook : webhooks) {
            store.insertWebhook(webhook);
        }
        return this;
    }

    Intake.Result process(CallCommand... commands) {
        store.takeStatements();
        return store.inTransaction(tx -> intake.process(tx, List.of(commands)));
    }

    /** The one answer to one command. */
    CallAnswer ask(CallCommand command) {
        List<CallAnswer> answers = process(command).answers();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    long create(CallSpec spec) {
        return done(ask(new CallCommand.Create(1, spec))).call().no();
    }

    Call call(long no) {
        return store.call(no);
    }

    static CallAnswer.Done done(CallAnswer answer) {
        assertThat(answer).isInstanceOf(CallAnswer.Done.class);
        return (CallAnswer.Done) answer;
    }

    List<EventType> fired() {
        return store.events().stream().map(event -> event.type()).toList();
    }

    static CallSpec spec(@Nullable String externalId) {
        return spec(externalId, null, null);
    }

    static CallSpec spec(@Nullable String externalId, @Nullable Instant scheduledAt, @Nullable CallWebhook webhook) {
        return new CallSpec(
                externalId,
                "agent-1",
                Direction.OUTBOUND,
                "+14155550100",
                "+14155550123",
                scheduledAt,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                webhook);
    }

    static CallWebhook ownWebhook(CallWebhook.Mode mode) {
        return new CallWebhook("https://own.example/hook", mode, Set.of(EventType.values()), 0);
    }

    static CallCommand.Apply on(long call, Report report) {
        return new CallCommand.Apply(1, new CallRef.ByNumber(call), report, null);
    }

    static CallCommand.Apply keyed(long call, Report report, String key) {
        return new CallCommand.Apply(1, new CallRef.ByNumber(call), report, key);
    }

    static CallCommand.Apply onExternal(String externalId, @Nullable CallSpec spec, Report report) {
        return new CallCommand.Apply(1, new CallRef.ByExternalId(externalId, spec), report, null);
    }

    Report connected() {
        return new Report.Connected(now);
    }

    Report ended() {
        return new Report.Ended(now, "hangup", null, false, null, null);
    }

    Report endedAtOnce() {
        return new Report.Ended(now, "hangup", null, true, null, null);
    }

    Report failed() {
        return new Report.Failed(now, "busy");
    }

    Report partial(String messages) {
        return new Report.TranscriptSaid(now, new Json(messages), false);
    }

    Report whole(String messages) {
        return new Report.TranscriptSaid(now, new Json(messages), true);
    }

    Report analysis() {
        return new Report.Analyzed(now, "won", "s", null);
    }

    Report recording() {
        return new Report.RecordingReady(now, new Recording("https://r.example/1", null, null, null));
    }
}
