package dev.ringpost.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the demo does and what must come of it: the calls it places, and the events each must deliver. */
final class Plan {
    static final List<String> ALL_EVENTS = List.of(
            "call.started",
            "transcript.partial",
            "call.ended",
            "transcript.final",
            "call.recording.available",
            "call.analyzed",
            "call.failed");

    /** Gets everything. */
    static final String HOOKS = "/hooks";

    /** Answers 500 to its first requests. */
    static final String FLAKY = "/flaky";

    /** How many requests {@link #FLAKY} refuses. */
    static final int FLAKY_FAILURES = 2;

    /** Where calls' own webhooks lie: signed with the account's secret, not with a webhook's. */
    static final String OWN = "/calls/";

    /** Its calls go to the webhook at {@link #FLAKY} as well. */
    static final String FLAKY_AGENT = "agent_reminders";

    static final List<PlannedCall> CALLS = List.of(
            new PlannedCall("booking", "a caller books an appointment", "normal", "agent_booking", null),
            new PlannedCall("refused", "the carrier refuses it", "failing", "agent_booking", null),
            new PlannedCall("own-url", "has its own webhook_url", "voicemail", "agent_booking", OWN + "own-url"),
            new PlannedCall("retried", "its second receiver fails twice", "voicemail", FLAKY_AGENT, null));

    private Plan() {}

    /**
     * A call to place.
     *
     * @param label names it where the demo prints
     * @param ownPath where its own webhook lies; null: it has none
     */
    record PlannedCall(
            String label,
            String about,
            String scenario,
            String agent,
            @Nullable String ownPath) {
        /** What must be delivered of it. */
        List<Expected> expected() {
            String path = ownPath == null ? HOOKS : ownPath;
            List<Expected> expected = new ArrayList<>();
            for (String event : events()) {
                expected.add(new Expected(label, path, event, 1));
            }
            if (agent.equals(FLAKY_AGENT)) {
                expected.add(new Expected(label, FLAKY, "call.ended", FLAKY_FAILURES + 1));
            }
            return expected;
        }

        private List<String> events() {
            if (scenario.equals("failing")) {
                return List.of("call.failed");
            }
            return ALL_EVENTS.stream()
                    .filter(event -> !event.equals("call.failed"))
                    .toList();
        }
    }

    /**
     * An event that must arrive and be taken.
     *
     * @param attempt the one that is taken
     */
    record Expected(String call, String path, String event, int attempt) {}

    static Stream<Expected> expected() {
        return CALLS.stream().flatMap(call -> call.expected().stream());
    }
}
