package dev.ringpost.store;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallFacts;
import dev.ringpost.call.CallProgress;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import dev.ringpost.call.Transcript;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Things to store. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    public static final long ACME = 11;
    public static final long OTHER = 12;
    public static final long CALLS_OF_THE_RULES = 99;

    private Given() {}

    /** A call of which little is known. */
    public static Call call(long no, long account, @Nullable String externalId) {
        return Call.create(no, account, spec(externalId, "agent-1"), NOW);
    }

    public static CallSpec spec(@Nullable String externalId, String agentId) {
        return spec(externalId, agentId, Direction.WEB, null);
    }

    public static CallSpec spec(
            @Nullable String externalId, String agentId, Direction direction, @Nullable CallWebhook webhook) {
        return new CallSpec(
                externalId,
                agentId,
                direction,
                null,
                null,
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                webhook);
    }

    /** A call with everything that a call can have. */
    public static Call fullCall(long no, long account) {
        CallSpec spec = new CallSpec(
                "ext-1",
                "agent-ü",
                Direction.INBOUND,
                "anonymous \"quoted\"",
                "+4930123456",
                NOW.plusNanos(1234),
                new Json("{\"a\":1.50,\"b\":[1e3,{}]}"),
                new Json("{\"voice\":\"Zoë \uD83D\uDE00\"}"),
                new Json("{\"k\":\"\\u0041\"}"),
                new CallWebhook(
                        "https://example.com/x",
                        CallWebhook.Mode.IN_ADDITION,
                        EnumSet.of(EventType.CALL_ENDED, EventType.TRANSCRIPT_FINAL),
                        77));
        Recording recording = new Recording("https://example.com/r.mp3", 12.25, "mp3", NOW.plusSeconds(5));
        CallFacts facts = new CallFacts(
                NOW,
                NOW.plusMillis(61_001),
                61.001,
                "agent_hangup",
                null,
                "booked",
                true,
                "All \n well",
                new Json("[1,2.0]"),
                recording,
                new Transcript.Kept(new Json("[{\"role\":\"agent\",\"content\":\"Hi\"}]")));
        CallProgress progress = new CallProgress(
                7,
                123_456_789_012_345_678L,
                6,
                true,
                NOW.plusSeconds(10),
                true,
                Map.of("ended", Long.MIN_VALUE, "analysis", 5L),
                allReports(recording));
        return new Call(no, account, spec, CallStatus.IN_PROGRESS, facts, progress, NOW, NOW.plusMillis(1));
    }

    public static Event event(long no, long account, long call, EventType type) {
        return new Event(no, account, call, 1, type, NOW, ("{\"no\":" + no + "}").getBytes(StandardCharsets.UTF_8));
    }

    public static Delivery delivery(long event, long endpoint) {
        return new Delivery(event, endpoint, ACME, 500, 3, EventType.CALL_ENDED);
    }

    public static AttemptResult success() {
        return new AttemptResult(
                Verdict.SUCCEEDED,
                "https://example.com/hook",
                200,
                "ok".getBytes(StandardCharsets.UTF_8),
                Map.of("content-type", List.of("text/plain")),
                null,
                Duration.ofMillis(25),
                null);
    }

    public static AttemptResult failure() {
        return new AttemptResult(
                Verdict.FAILED,
                "https://example.com/hook",
                null,
                null,
                Map.of(),
                "connect: refused by 192.0.2.1:443",
                Duration.ofMillis(3),
                null);
    }

    public static Webhook webhook(long no, long account, String url) {
        return new Webhook(
                no,
                account,
                WebhookKind.ACCOUNT,
                "name of " + no,
                url,
                EnumSet.of(EventType.CALL_STARTED, EventType.CALL_ENDED),
                WebhookStatus.ACTIVE,
                null,
                fullOptions(),
                List.of(
                        new SigningSecret("whsec_bmV3IHNlY3JldA==", null),
                        new SigningSecret("whsec_b2xkIHNlY3JldA==", NOW.plusSeconds(60))),
                NOW,
                NOW.plusMillis(5));
    }

    public static Account account(long no) {
        return new Account(no, "account " + no, List.of(new SigningSecret("whsec_YWNjb3VudCBzZWNyZXQ=", null)), NOW);
    }

    private static WebhookOptions fullOptions() {
        return new WebhookOptions(
                Set.of("agent-1"),
                Set.of(Direction.INBOUND),
                Duration.ofMillis(2500),
                List.of(Duration.ofSeconds(1), Duration.ofHours(24)),
                Ordering.STRICT_CALL,
                3,
                100,
                65_536,
                Map.of("authorization", "Bearer top-secret-header"));
    }

    private static List<Report> allReports(Recording recording) {
        return List.of(
                new Report.Initiated(NOW),
                new Report.Connected(NOW),
                new Report.Ended(NOW, "r", 1.5, true, null, "s"),
                new Report.Failed(NOW, "busy"),
                new Report.RecordingReady(NOW, recording),
                new Report.RecordingReady(NOW, new Recording("https://example.com/2", null, null, null)),
                new Report.TranscriptSaid(NOW, new Json("[\"x\"]"), true),
                new Report.Analyzed(NOW, "o", null, new Json("\"text\"")),
                new Report.Stop(NOW),
                new Report.AnalysisWaitElapsed(NOW),
                new Report.Lost(NOW));
    }
}
