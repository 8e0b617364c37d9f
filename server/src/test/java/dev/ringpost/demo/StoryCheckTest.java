package dev.ringpost.demo;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.demo.Plan.Expected;
import dev.ringpost.demo.Plan.PlannedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoryCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    /** In these tests a call's id is its label. */
    private final StoryCheck check =
            new StoryCheck(Plan.CALLS.stream().collect(toMap(PlannedCall::label, PlannedCall::label)));

    @Test
    void nothingIsWrongWhereEverythingCame() {
        assertThat(check.missing(story())).isEmpty();
        assertThat(check.faults(story())).isEmpty();
    }

    @Test
    void aMissingEventIsNamed() {
        List<Arrival> story = story();
        story.removeIf(
                arrival -> arrival.callId().equals("booking") && arrival.event().equals("transcript.final"));
        assertThat(check.faults(story))
                .containsExactly("booking: transcript.final did not arrive at /hooks (attempt 1)");
    }

    @Test
    void aWrongSignatureIsNamed() {
        List<Arrival> story = story();
        story.add(arrival("booking", "/hooks", "transcript.partial", 99, 1, "no match", 401));
        assertThat(check.faults(story))
                .containsExactly("booking: transcript.partial: its signature is wrong: no match");
    }

    @Test
    void anEventAtTheWrongReceiverIsNamed() {
        List<Arrival> story = story();
        story.add(arrival("own-url", "/hooks", "call.ended", 99, 1, null, 200));
        assertThat(check.faults(story)).containsExactly("own-url: call.ended: was not to go to /hooks");
    }

    @Test
    void disorderIsNamed() {
        List<Arrival> story = story();
        story.addFirst(arrival("booking", "/hooks", "transcript.partial", 50, 1, null, 200));
        assertThat(check.faults(story))
                .containsExactly("booking: call.started: sequence 1 came after 50 (transcript.partial)");
    }

    @Test
    void aRetryThatSkipsAnAttemptIsNamed() {
        List<Arrival> story = story();
        story.removeIf(arrival -> arrival.path().equals("/flaky") && arrival.attempt() == 2);
        assertThat(check.faults(story)).containsExactly("retried: call.ended: attempt 3 came where attempt 2 was due");
    }

    @Test
    void anEventThatComesAgainIsNamed() {
        List<Arrival> story = story();
        story.add(arrival("refused", "/hooks", "call.failed", 1, 2, null, 200));
        assertThat(check.faults(story)).contains("refused: call.failed: came again though it had been taken");
    }

    /** Every event of every call, taken at the attempt it is to be taken at. */
    private static List<Arrival> story() {
        List<Arrival> story = new ArrayList<>();
        int sequence = 0;
        for (Expected expected : Plan.expected().toList()) {
            sequence = story.isEmpty() || !story.getLast().callId().equals(expected.call()) ? 1 : sequence + 1;
            for (int attempt = 1; attempt <= expected.attempt(); attempt++) {
                int answer = attempt < expected.attempt() ? 500 : 200;
                story.add(arrival(expected.call(), expected.path(), expected.event(), sequence, attempt, null, answer));
            }
        }
        return story;
    }

    private static Arrival arrival(
            String call,
            String path,
            String event,
            int sequence,
            int attempt,
            @Nullable String signatureFault,
            int answered) {
        String id = call + " " + sequence + " " + event;
        return new Arrival(NOW, path, id, event, call, sequence, attempt, Duration.ZERO, signatureFault, answered);
    }
}
