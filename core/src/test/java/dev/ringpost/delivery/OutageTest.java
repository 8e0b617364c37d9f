package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Scenario.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of the sender goes away and comes back; and what only looks like it. */
class OutageTest {
    private static final int ENDPOINTS = 10_000;
    private static final int ACCOUNTS = 100;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Scenario world = new Scenario(7);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOutageSpendsNoScheduleAndEndsGently(boolean refuses) {
        webhooks(ENDPOINTS, no -> 1 + no % ACCOUNTS);
        world.receivers = (send, now) -> refuses ? Answer.refused() : Answer.timeout();
        fireOneEach(SECOND);
        world.run(MINUTE);
        assertThat(world.engine.isCutOff()).isTrue();
        assertThat(world.mostInFlight).isLessThanOrEqualTo(EngineSettings.DEFAULT.slots());

        int before = world.attempts.size();
        world.mostInFlight = 0;
        world.run(HOUR);
        assertThat(world.attempts.size() - before)
                .as("attempts in an hour: a few each 15 s")
                .isBetween(240, 240 * 16);
        assertThat(world.mostInFlight).as("sockets of probes").isLessThan(40);
        assertThat(world.store.waiting()).isEqualTo(ENDPOINTS);
        assertThat(stepsSpent()).as("before it was known").isLessThan(3);

        world.receivers = (send, now) -> Answer.ok(200);
        world.attempts.clear();
        world.mostInFlight = 0;
        world.run(MINUTE.multipliedBy(2));
        assertThat(world.store.waiting()).as("all is delivered soon").isZero();
        assertThat(world.mostInFlight).as("sockets after the end").isLessThan(200);
        long average = ENDPOINTS / 60;
        assertThat(busiestSecond()).as("attempts in a second").isBetween(average, 2 * average);
    }

    @Test
    void aNewEventAfterTheEndDoesNotWaitForTheSpreading() {
        webhooks(ENDPOINTS, no -> 1 + no % ACCOUNTS);
        world.receivers = (send, now) -> Answer.refused();
        fireOneEach(SECOND);
        world.run(HOUR);
        world.receivers = (send, now) -> Answer.ok(20);
        while (world.engine.isCutOff()) {
            world.run(SECOND);
        }
        for (long endpoint = 1; endpoint <= 100; endpoint++) {
            Delivery fresh = world.fire(endpoint, world.newCall(), 1, EventType.CALL_STARTED);
            world.run(Duration.ofMillis(100));
            assertThat(world.attempts).anyMatch(attempt -> attempt.delivery().equals(fresh));
        }
    }

    @Test
    void whoRepairsAnEndpointAfterTheEndDoesNotWaitForTheSpreading() {
        webhooks(ENDPOINTS, no -> 1 + no % ACCOUNTS);
        world.receivers = (send, now) -> Answer.refused();
        fireOneEach(SECOND);
        world.run(HOUR);
        world.receivers = (send, now) -> Answer.ok(20);
        while (world.engine.isCutOff()) {
            world.run(SECOND);
        }
        for (long endpoint = 1; endpoint <= 100; endpoint++) {
            long repaired = endpoint;
            world.engine.repaired(repaired, 1 + repaired % ACCOUNTS, world.now);
            world.run(Duration.ofMillis(100));
            assertThat(world.attempts)
                    .anyMatch(attempt ->
                            attempt.delivery().endpoint() == repaired && attempt.verdict() == Verdict.SUCCEEDED);
        }
    }

    @Test
    void aRestartInAnOutageSpendsNoScheduleEither() {
        webhooks(ENDPOINTS, no -> 1 + no % ACCOUNTS);
        world.receivers = (send, now) -> Answer.refused();
        fireOneEach(SECOND);
        world.run(MINUTE);
        world.restart();
        world.run(MINUTE);
        assertThat(world.engine.isCutOff()).isTrue();
        assertThat(stepsSpent()).isLessThan(6);
    }

    @Test
    void whatALaneKeepsInMemoryIsLittleInAnOutage() {
        webhooks(1000, no -> 1 + no % ACCOUNTS);
        world.receivers = (send, now) -> Answer.refused();
        for (int i = 0; i < 50; i++) {
            fireOneEach(SECOND);
            world.run(SECOND);
        }
        assertThat(world.store.waiting()).isEqualTo(50_000);
        assertThat(world.engine.view().inMemory()).isLessThan(2500);
    }

    @Test
    void aServerForOneAccountHasOutagesToo() {
        webhooks(5, no -> 1L);
        world.receivers = (send, now) -> Answer.refused();
        fireOneEach(SECOND);
        world.run(HOUR);
        assertThat(world.engine.isCutOff()).isTrue();
        assertThat(stepsSpent()).isLessThan(3);
    }

    @Test
    void oneReceiverThatIsDownIsNoOutage() {
        webhooks(1, no -> 1L);
        world.receivers = (send, now) -> Answer.refused();
        for (int i = 0; i < 32; i++) {
            world.fire(1, world.newCall(), 1, EventType.CALL_STARTED);
        }
        world.run(MINUTE);
        assertThat(world.engine.isCutOff()).isFalse();
        assertThat(stepsSpent()).isGreaterThan(1);
        assertThat(world.engine.view().breakersOpen()).isEqualTo(1);
    }

    @Test
    void oneAccountsDeadEndpointsAreNoOutageForTheOthers() {
        webhooks(1000, no -> no <= 990 ? 1L : 2L);
        world.receivers = (send, now) -> send.delivery().account() == 1 ? Answer.refused() : Answer.ok(20);
        world.fire(1000, world.newCall(), 1, EventType.CALL_STARTED);
        world.run(SECOND);
        fireOneEach(MINUTE);
        world.run(MINUTE);
        assertThat(world.engine.isCutOff()).isFalse();
        assertThat(delaysOf(2)).allSatisfy(delay -> assertThat(delay).isZero());
    }

    /** Whoever is reached says that the network is there, however many are not. */
    @Test
    void deadEndpointsOfManyAccountsDoNotDelayWhatIsReached() {
        webhooks(2000, no -> no <= 1990 ? 1 + no % 50 : 100L);
        world.receivers = (send, now) -> send.delivery().account() == 100 ? Answer.ok(20) : Answer.refused();
        for (long healthy = 1991; healthy <= 2000; healthy++) {
            world.fire(healthy, world.newCall(), 1, EventType.CALL_STARTED);
        }
        world.run(SECOND);
        world.attempts.clear();
        for (int i = 0; i < 600; i++) {
            long healthy = 1991L + i % 10;
            world.at(world.now + i * 100L, () -> world.fire(healthy, world.newCall(), 1, EventType.CALL_STARTED));
        }
        fireOneEach(Duration.ofSeconds(30));
        world.run(MINUTE);
        world.run(MINUTE);
        assertThat(delaysOf(100))
                .hasSizeGreaterThan(600)
                .allSatisfy(delay -> assertThat(delay).isLessThan(5));
        assertThat(stepsSpent()).as("the dead are dead by themselves").isGreaterThan(1900);
    }

    @Test
    void whatIsOutOfReachForADayIsGoneAndCounts() {
        webhooks(5, no -> no);
        world.receivers = (send, now) -> Answer.timeout();
        fireOneEach(SECOND);
        world.run(Duration.ofHours(23));
        assertThat(stepsSpent()).isLessThan(3);
        world.run(Duration.ofDays(5));
        assertThat(world.engine.isCutOff()).isFalse();
        assertThat(world.store.waiting()).as("all have given up").isZero();
    }

    private void webhooks(int count, LongFunction<Long> account) {
        for (long no = 1; no <= count; no++) {
            world.webhook(no, account.apply(no), 32, null);
        }
    }

    /** An event for each endpoint, evenly over the time. */
    private void fireOneEach(Duration over) {
        int count = world.webhookCount();
        for (int i = 0; i < count; i++) {
            long endpoint = i + 1L;
            world.at(
                    world.now + over.toMillis() * i / count,
                    () -> world.fire(endpoint, world.newCall(), 1, EventType.CALL_STARTED));
        }
    }

    private long stepsSpent() {
        return world.store.queued().stream().filter(row -> row.step() > 0).count();
    }

    /** From the event to its first attempt. */
    private List<Long> delaysOf(long account) {
        return world.attempts.stream()
                .filter(attempt -> attempt.delivery().account() == account && attempt.number() == 1)
                .map(attempt -> attempt.begun() - (attempt.delivery().event() >>> 22))
                .toList();
    }

    private long busiestSecond() {
        Map<Long, Long> bySecond = world.attempts.stream()
                .filter(attempt -> attempt.verdict() == Verdict.SUCCEEDED)
                .collect(Collectors.groupingBy(attempt -> attempt.begun() / 1000, Collectors.counting()));
        return bySecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
