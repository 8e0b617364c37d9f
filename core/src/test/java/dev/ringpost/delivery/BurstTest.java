package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many deliveries find room in memory; the others are written to the queue. */
class BurstTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final int BURSTS = 700;
    private static final long ONE = 1;
    private static final long OTHER = 2;
    private static final int LEAST = Room.of(webhook(ONE));

    private final List<Delivery> sent = new ArrayList<>();
    private final Map<Long, Integer> spilled = new HashMap<>();
    private final Engine engine = new Engine(new EngineSettings(1024, 2048, BURSTS, 2), new Random(1), this::take);
    private long calls;

    @Test
    void anEndpointThatNeverAnsweredGetsLittleRoom() {
        arrive(ONE, LEAST + 10);
        assertThat(spilled).containsOnly(Map.entry(ONE, 10));
    }

    @Test
    void aBurstForOneThatAnswersIsTakenWhole() {
        answers(ONE);
        arrive(ONE, 8 * LEAST + 10);
        assertThat(spilled).containsOnly(Map.entry(ONE, 10));
    }

    @Test
    void whereOthersLeaveNoRoomItIsNot() {
        answers(ONE);
        answers(OTHER);
        arrive(ONE, 8 * LEAST);
        arrive(OTHER, BURSTS - 8 * LEAST + 10);
        assertThat(spilled).containsOnly(Map.entry(OTHER, 10));
    }

    @Test
    void roomComesBackWithTheCommitOfWhatEnded() {
        answers(ONE);
        for (int i = 0; i < 3 * BURSTS; i++) {
            answers(ONE);
        }
        arrive(ONE, 8 * LEAST);
        assertThat(spilled).isEmpty();
    }

    private void answers(long endpoint) {
        arrive(endpoint, 1);
        engine.tick(NOW);
        engine.finished(sent.removeLast(), EngineGiven.result(Verdict.SUCCEEDED), NOW);
        engine.tick(NOW);
    }

    private void arrive(long endpoint, int count) {
        for (int i = 0; i < count; i++) {
            calls++;
            engine.arrived(
                    new Delivery((NOW << 22) + calls, endpoint, EngineGiven.ACCOUNT, calls, 1, EventType.CALL_STARTED),
                    webhook(endpoint),
                    NOW);
        }
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> sent.add(send.delivery());
            case Effect.Write(LaneWrite.Spill spill) ->
                spilled.merge(spill.delivery().endpoint(), 1, Integer::sum);
            case Effect.Write(LaneWrite write) -> engine.committed(write, NOW);
            case Effect.Load _, Effect.Recall _, Effect.Disable _, Effect.Tell _ -> {}
        }
    }

    private static Webhook webhook(long no) {
        return EngineGiven.webhook(no, List.of());
    }
}
