package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Slots are few and many endpoints want them: who gets one, and at whose cost. */
class SharedSlotsTest {
    private static final int SLOTS = 100;
    private static final long CROWD = 1;
    private static final long OTHER = 2;

    /** A crowd that could fill all slots many times over. */
    private static final List<Long> CROWDED =
            LongStream.rangeClosed(1, 400).boxed().toList();

    private static final long HEALTHY = 1_000;

    private final List<Effect.Send> inFlight = new ArrayList<>();
    private final List<LaneWrite> writes = new ArrayList<>();
    private final Engine engine = new Engine(new EngineSettings(SLOTS, 10_000, 0, 1000), new Random(1), this::take);
    private long now = Instant.parse("2026-11-25T00:00:00Z").toEpochMilli();
    private long events = 1;

    @Test
    void newEndpointsOfOneAccountThatHangLeaveSlotsForAnother() {
        CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));
        arrives(HEALTHY, OTHER);

        assertThat(isInFlight(HEALTHY)).isTrue();
        assertThat(inFlight).hasSizeLessThan(SLOTS / 5);
    }

    @Test
    void endpointsThatWorkedAndFallSilentLeaveSlotsForAnotherAccount() {
        prove(HEALTHY, OTHER);
        CROWDED.forEach(endpoint -> prove(endpoint, CROWD));

        CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));
        arrives(HEALTHY, OTHER);

        assertThat(isInFlight(HEALTHY)).isTrue();
    }

    @Test
    void oneEndpointLeavesSlotsForAnotherOfItsAccount() {
        prove(HEALTHY, CROWD);
        for (int i = 0; i < 400; i++) {
            arrives(1, CROWD);
            succeeds(1, Duration.ofMillis(5));
        }
        for (int i = 0; i < 400; i++) {
            arrives(1, CROWD);
        }
        assertThat(inFlight).hasSizeBetween(SLOTS / 4, SLOTS / 2 - 10);

        arrives(HEALTHY, CROWD);
        assertThat(isInFlight(HEALTHY)).isTrue();
    }

    @Test
    void slowEndpointsCostTheQuickOnesOfTheirAccountNothing() {
        prove(HEALTHY, CROWD);
        for (long endpoint : CROWDED) {
            arrives(endpoint, CROWD);
            succeeds(endpoint, Duration.ofSeconds(9));
        }

        CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));

        assertThat(quickRoundTripsOfTheHealthy()).isEqualTo(20);
    }

    @Test
    void anEndpointThatFallsSilentIsSlowBeforeItsFirstDeadline() {
        for (int i = 0; i < 100; i++) {
            prove(1, CROWD);
        }
        prove(HEALTHY, CROWD);
        arrives(1, CROWD);
        now += Pace.SLOW + 1;
        engine.tick(now);
        for (int i = 0; i < 400; i++) {
            arrives(1, CROWD);
        }

        assertThat(inFlight).filteredOn(send -> send.delivery().endpoint() == 1).hasSizeLessThan(SLOTS / 5);
        assertThat(quickRoundTripsOfTheHealthy()).isEqualTo(20);
    }

    @Test
    void anEndpointThatFailsOnceDoesNotWaitBehindThoseThatAlwaysFail() {
        prove(HEALTHY, CROWD);
        for (long endpoint : CROWDED) {
            arrives(endpoint, CROWD);
            finish(endpoint, Verdict.FAILED, Duration.ofMillis(5));
        }
        CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));

        arrives(HEALTHY, CROWD);
        finish(HEALTHY, Verdict.FAILED, Duration.ofMillis(5));

        assertThat(quickRoundTripsOfTheHealthy()).isEqualTo(20);
    }

    @Test
    void accountsTakeTurnsHoweverManyEndpointsTheyHave() {
        CROWDED.forEach(endpoint -> arrivesBeforeTheTick(endpoint, CROWD));
        for (long endpoint = HEALTHY; endpoint < HEALTHY + 10; endpoint++) {
            arrivesBeforeTheTick(endpoint, OTHER);
        }
        engine.tick(now);

        assertThat(inFlightOf(OTHER)).isBetween(inFlightOf(CROWD) - 1, inFlightOf(CROWD) + 1);
    }

    @Test
    void everySlotComesBack() {
        for (int round = 0; round < 3; round++) {
            CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));
            while (!inFlight.isEmpty()) {
                succeeds(inFlight.getFirst().delivery().endpoint(), Duration.ofMillis(5));
            }
        }
        CROWDED.forEach(endpoint -> arrives(endpoint, CROWD));

        assertThat(inFlight).hasSize(SLOTS / 2 * 4 / 5);
    }

    private int quickRoundTripsOfTheHealthy() {
        int made = 0;
        for (int i = 0; i < 20; i++) {
            arrives(HEALTHY, CROWD);
            if (isInFlight(HEALTHY)) {
                made++;
                succeeds(HEALTHY, Duration.ofMillis(5));
            }
        }
        return made;
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> inFlight.add(send);
            case Effect.Write(LaneWrite write) -> writes.add(write);
            case Effect.Load _, Effect.Recall _, Effect.Disable _, Effect.Tell _ -> {}
        }
    }

    private void prove(long endpoint, long account) {
        arrives(endpoint, account);
        succeeds(endpoint, Duration.ofMillis(5));
    }

    private void arrives(long endpoint, long account) {
        arrivesBeforeTheTick(endpoint, account);
        engine.tick(now);
    }

    private void arrivesBeforeTheTick(long endpoint, long account) {
        long event = (now << 22) + events++;
        engine.arrived(
                new Delivery(event, endpoint, account, event, 1, EventType.CALL_STARTED),
                webhook(endpoint, account),
                now);
    }

    private long inFlightOf(long account) {
        return inFlight.stream()
                .filter(send -> send.delivery().account() == account)
                .count();
    }

    private boolean isInFlight(long endpoint) {
        return inFlight.stream().anyMatch(send -> send.delivery().endpoint() == endpoint);
    }

    private void succeeds(long endpoint, Duration took) {
        finish(endpoint, Verdict.SUCCEEDED, took);
    }

    private void finish(long endpoint, Verdict verdict, Duration took) {
        Effect.Send send = inFlight.stream()
                .filter(each -> each.delivery().endpoint() == endpoint)
                .findFirst()
                .orElseThrow();
        inFlight.remove(send);
        AttemptResult result = new AttemptResult(verdict, "http://r", 200, null, Map.of(), null, took, null);
        engine.finished(send.delivery(), result, now);
        List<LaneWrite> committed = List.copyOf(writes);
        writes.clear();
        committed.forEach(write -> engine.committed(write, now));
        engine.tick(now);
    }

    private static Webhook webhook(long no, long account) {
        WebhookOptions options = new WebhookOptions(
                Set.of(),
                Set.of(),
                Duration.ofSeconds(10),
                List.of(Duration.ofMinutes(5)),
                Ordering.NONE,
                100,
                null,
                null,
                WebhookOptions.DEFAULT.headers());
        return new Webhook(
                no,
                account,
                WebhookKind.ACCOUNT,
                "w",
                "http://r/" + no,
                Set.of(EventType.CALL_STARTED),
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
