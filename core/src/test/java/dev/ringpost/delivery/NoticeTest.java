package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the operator is told, and that it is told once. */
class NoticeTest {
    private final List<Notice> told = new ArrayList<>();
    private final ArrayDeque<Effect.Send> sent = new ArrayDeque<>();
    private final ArrayDeque<LaneWrite> writes = new ArrayDeque<>();
    private final ArrayDeque<Effect.Load> loads = new ArrayDeque<>();
    private final StoredQueue store = new StoredQueue();
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), this::take);
    private final Webhook webhook =
            EngineGiven.webhook(4, List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30)));
    private long now = 1_000_000;

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Tell(Notice notice) -> told.add(notice);
            case Effect.Send send -> sent.add(send);
            case Effect.Write(LaneWrite write) -> writes.add(write);
            case Effect.Load load -> loads.add(load);
            case Effect.Disable _, Effect.Recall _ -> {}
        }
    }

    @Test
    void aBreakerThatOpensAndClosesIsToldOnceEach() {
        for (long event = 1; event <= 8; event++) {
            arrive(event);
        }
        for (int i = 0; i < 5; i++) {
            answer(Verdict.FAILED);
        }
        assertThat(told).containsExactly(new Notice.Failing(webhook, 5, "HTTP 500"));
        now += Duration.ofMinutes(10).toMillis();
        arrive(9);
        answer(Verdict.FAILED);
        assertThat(told).hasSize(1);
    }

    /** A lane that comes to memory with a new delivery hears of earlier failures after its own. */
    @Test
    void aBreakerOpensWithFailuresThatAreRemembered() {
        arrive(1);
        answer(Verdict.FAILED);
        engine.remembered(4, new Health(4, 0, 0, now - 1000, "HTTP 500", now - 9000, 1));
        assertThat(told).containsExactly(new Notice.Failing(webhook, 5, "HTTP 500"));
        assertThat(engine.view().breakersOpen()).isEqualTo(1);
        arrive(2);
        assertThat(sent).isEmpty();
    }

    @Test
    void aDeliveryThatGivesUpIsTold() {
        arrive(1);
        for (int attempt = 1; attempt <= 4; attempt++) {
            answer(Verdict.FAILED);
            now += Duration.ofHours(1).toMillis();
            answerAll();
        }
        assertThat(told)
                .containsExactly(new Notice.Exhausted(
                        webhook, new Delivery(1, 4, 7, 1, 1, EventType.CALL_ENDED), 4, "HTTP 500"));
    }

    private void arrive(long event) {
        Delivery delivery = new Delivery(event, 4, 7, event, 1, EventType.CALL_ENDED);
        store.insert(delivery);
        engine.arrived(delivery, webhook, now);
        answerAll();
    }

    private void answer(Verdict verdict) {
        Effect.Send send = sent.poll();
        if (send != null) {
            engine.finished(send.delivery(), EngineGiven.result(verdict), now);
        }
        answerAll();
    }

    /** The store does all that it is asked for. */
    private void answerAll() {
        engine.tick(now);
        while (!writes.isEmpty() || !loads.isEmpty()) {
            if (!writes.isEmpty()) {
                LaneWrite write = writes.remove();
                store.apply(write);
                engine.committed(write, now);
            } else {
                engine.loaded(store.head(loads.remove()), webhook, now);
            }
            engine.tick(now);
        }
    }
}
