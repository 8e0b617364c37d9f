package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long a lane with nothing to do stays in memory. */
class IdleLanesTest {
    private static final int LANES = 3;
    private static final long MINUTE = 60_000;

    private final List<Delivery> sent = new ArrayList<>();
    private final List<Long> saved = new ArrayList<>();
    private final Engine engine = new Engine(new EngineSettings(1024, 2048, 0, LANES), new Random(1), this::take);
    private long now = 1_790_000_000_000L;
    private long events;

    @Test
    void aMinuteWhereThereAreFew() {
        LongStream.rangeClosed(1, LANES).forEach(this::delivers);
        assertThat(engine.view().lanes()).isEqualTo(LANES);
        assertThat(saved).isEmpty();

        now += MINUTE;
        engine.tick(now);
        assertThat(engine.view().lanes()).isZero();
        assertThat(saved).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void noTimeAtAllWhereThereAreMany() {
        LongStream.rangeClosed(1, 100).forEach(this::delivers);
        assertThat(engine.view().lanes()).isEqualTo(LANES);
        assertThat(saved)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(LANES + 1, 100).boxed().toList());
    }

    @Test
    void whatIsUnderWayKeepsItsLane() {
        LongStream.rangeClosed(1, 10).forEach(this::arrives);
        engine.tick(now);
        assertThat(engine.view().lanes()).isEqualTo(10);
        List.copyOf(sent).forEach(this::succeeds);
        assertThat(engine.view().lanes()).isEqualTo(LANES);
    }

    private void delivers(long endpoint) {
        arrives(endpoint);
        engine.tick(now);
        succeeds(sent.getLast());
    }

    private void arrives(long endpoint) {
        events++;
        engine.arrived(
                new Delivery((now << 22) + events, endpoint, EngineGiven.ACCOUNT, events, 1, EventType.CALL_STARTED),
                EngineGiven.webhook(endpoint, List.of()),
                now);
    }

    private void succeeds(Delivery delivery) {
        sent.remove(delivery);
        engine.finished(delivery, EngineGiven.result(Verdict.SUCCEEDED), now);
        engine.tick(now);
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> sent.add(send.delivery());
            case Effect.Write(LaneWrite.Save save) -> {
                saved.add(save.state().endpoint());
                engine.committed(save, now);
            }
            case Effect.Write(LaneWrite write) -> engine.committed(write, now);
            case Effect.Recall recall -> engine.remembered(recall.endpoint(), Health.UNKNOWN);
            case Effect.Load _, Effect.Disable _, Effect.Tell _ -> {}
        }
    }
}
