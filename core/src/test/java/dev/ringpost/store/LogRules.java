package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.LoggedAttempt.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The log of attempts: only ever added to at its front. */
public interface LogRules extends StoreUnderTest {
    AttemptFilter ANY = new AttemptFilter(null, null, null, null, null, null, null, null);

    @Test
    default void aRowSaysWhatHappened() {
        Delivery delivery = new Delivery(numbers().next(), 70, ACME, 500, 2, EventType.CALL_FAILED);
        long due = NOW.toEpochMilli() + 5000;
        finishFresh(delivery, DeliveryEnd.SUCCEEDED);
        LoggedAttempt row = records().attemptsOf(ACME, delivery.event(), 70).getFirst();
        LoggedAttempt expected = new LoggedAttempt(
                row.no(),
                ACME,
                70,
                delivery.event(),
                EventType.CALL_FAILED,
                500L,
                "https://example.com/hook",
                Status.SUCCEEDED,
                true,
                1,
                200,
                "ok".getBytes(StandardCharsets.UTF_8),
                Map.of("content-type", List.of("text/plain")),
                null,
                25,
                null,
                NOW,
                NOW,
                false);
        assertThat(row).usingRecursiveComparison().isEqualTo(expected);
        assertThat(NumberSource.timeOf(row.no())).isEqualTo(NOW);

        Delivery failing = new Delivery(numbers().next(), 70, ACME, 500, 3, EventType.CALL_ENDED);
        write(tx -> {
            tx.insertFresh(List.of(failing));
            tx.apply(List.of(new LaneWrite.Retry(failing, Rank.TRIED, 1, 2, due, due, Given.failure())));
        });
        LoggedAttempt failed = records().attemptsOf(ACME, failing.event(), 70).getFirst();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.isFinal()).isFalse();
        assertThat(failed.attempt()).isOne();
        assertThat(failed.nextRetryAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(failed.error()).isEqualTo("connect: refused by 192.0.2.1:443");
        assertThat(failed.responseStatus()).isNull();
        assertThat(failed.responseBody()).isNull();
        assertThat(failed.responseHeaders()).isEmpty();
    }

    @Test
    default void everyEndHasItsStatus() {
        Map<DeliveryEnd, Status> statuses = Map.of(
                DeliveryEnd.SUCCEEDED, Status.SUCCEEDED,
                DeliveryEnd.GAVE_UP, Status.FAILED,
                DeliveryEnd.CANCELLED, Status.CANCELLED,
                DeliveryEnd.SUPERSEDED, Status.SUPERSEDED);
        statuses.forEach((end, status) -> {
            Delivery delivery = new Delivery(numbers().next(), 70, ACME, 500, 2, EventType.CALL_FAILED);
            finishFresh(delivery, end);
            LoggedAttempt row = records().attemptsOf(ACME, delivery.event(), 70).getFirst();
            assertThat(row.status()).isEqualTo(status);
            assertThat(row.isFinal()).isTrue();
        });
    }

    @Test
    default void whatEndsWithoutAnAttemptIsLoggedWithTheEndpointsUrl() {
        write(tx -> {
            tx.insertWebhook(Given.webhook(70, ACME, "https://example.com/never"));
            tx.insertFresh(List.of(Given.delivery(1, 70)));
        });
        write(tx -> {
            tx.deleteWebhook(ACME, 70);
            tx.apply(List.of(new LaneWrite.Finish(Given.delivery(1, 70), 0, DeliveryEnd.CANCELLED, null)));
        });
        LoggedAttempt row = records().attemptsOf(ACME, 1, 70).getFirst();
        assertThat(row.attempt()).isZero();
        assertThat(row.url()).isEqualTo("https://example.com/never");
        assertThat(row.status()).isEqualTo(Status.CANCELLED);
        assertThat(row.durationMs()).isZero();
    }

    @Test
    default void largeEmptyAndAbsentBodiesComeBackAsTheyWere() {
        byte[] large = new byte[16 * 1024];
        large[77] = (byte) 0xfe;
        List<byte[]> bodies = List.of(large, new byte[0], new byte[] {0, (byte) 0xff});
        for (byte[] body : bodies) {
            Delivery delivery = Given.delivery(numbers().next(), 70);
            AttemptResult result = new AttemptResult(
                    AttemptResult.Verdict.SUCCEEDED,
                    "https://example.com/",
                    201,
                    body,
                    Map.of("set-cookie", List.of("a=1", "b=\"2\"")),
                    null,
                    Duration.ZERO,
                    null);
            write(tx -> {
                tx.insertFresh(List.of(delivery));
                tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, result)));
            });
            LoggedAttempt row = records().attemptsOf(ACME, delivery.event(), 70).getFirst();
            assertThat(row.responseBody()).isEqualTo(body);
            assertThat(row.responseHeaders()).isEqualTo(result.responseHeaders());
        }
    }

    @Test
    default void aTestIsLoggedWithAnEventOfItsOwn() {
        TestAttempt test = new TestAttempt(ACME, 70, numbers().next(), EventType.CALL_ENDED, Given.success());
        LoggedAttempt row = inTransaction(tx -> tx.logTest(test));
        assertThat(row.test()).isTrue();
        assertThat(row.call()).isNull();
        assertThat(row.attempt()).isOne();
        LoggedAttempt stored = records().attemptsOf(ACME, test.event(), 70).getFirst();
        assertThat(stored).usingRecursiveComparison().isEqualTo(row);
    }

    @Test
    default void theLogIsNewestFirstAndFiltered() {
        long otherEvent = numbers().next();
        List<Delivery> made = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long call = 500L + i % 2;
            Delivery delivery = new Delivery(numbers().next(), 70L + i % 3, ACME, call, 1, EventType.CALL_ENDED);
            made.add(delivery);
            write(tx -> tx.insertEvents(List.of(Given.event(delivery.event(), ACME, call, EventType.CALL_ENDED))));
            finishFresh(delivery, i == 5 ? DeliveryEnd.GAVE_UP : DeliveryEnd.SUCCEEDED);
        }
        finishFresh(new Delivery(otherEvent, 70, OTHER, 500, 1, EventType.CALL_ENDED), DeliveryEnd.SUCCEEDED);
        List<LoggedAttempt> all = find(ANY);
        assertThat(all)
                .hasSize(6)
                .isSortedAccordingTo(Comparator.comparingLong(LoggedAttempt::no).reversed());
        assertThat(find(new AttemptFilter(Set.of(70L), null, null, null, null, null, null, null)))
                .extracting(LoggedAttempt::event)
                .containsExactly(made.get(3).event(), made.get(0).event());
        assertThat(find(new AttemptFilter(Set.of(70L, 72L), null, null, null, null, null, null, null)))
                .extracting(LoggedAttempt::event)
                .containsExactly(
                        made.get(5).event(),
                        made.get(3).event(),
                        made.get(2).event(),
                        made.get(0).event());
        assertThat(find(new AttemptFilter(Set.of(70L, 71L), null, null, null, null, 501L, null, null)))
                .hasSize(2);
        assertThat(find(new AttemptFilter(Set.of(), null, null, null, null, null, null, null)))
                .isEmpty();
        assertThat(find(new AttemptFilter(null, null, Status.FAILED, true, null, null, null, null)))
                .hasSize(1);
        assertThat(find(new AttemptFilter(null, null, null, false, null, null, null, null)))
                .isEmpty();
        assertThat(find(new AttemptFilter(null, null, null, null, null, 501L, null, null)))
                .hasSize(3);
        assertThat(find(new AttemptFilter(Set.of(70L), null, null, null, null, 501L, null, null)))
                .hasSize(1);
        assertThat(find(new AttemptFilter(null, null, null, null, made.get(2).event(), null, null, null)))
                .hasSize(1);
        assertThat(find(new AttemptFilter(null, EventType.CALL_STARTED, null, null, null, null, null, null)))
                .isEmpty();
        assertThat(find(new AttemptFilter(null, EventType.CALL_ENDED, null, null, null, null, NOW, null)))
                .hasSize(6);
        assertThat(find(new AttemptFilter(null, null, null, null, null, null, null, NOW)))
                .isEmpty();
        assertThat(find(new AttemptFilter(null, null, null, null, null, null, NOW.plusNanos(1), null)))
                .isEmpty();
    }

    @Test
    default void anotherAccountsAttemptsAreNeverFound() {
        Delivery delivery = Given.delivery(numbers().next(), 70);
        write(tx ->
                tx.insertEvents(List.of(Given.event(delivery.event(), ACME, delivery.call(), EventType.CALL_ENDED))));
        finishFresh(delivery, DeliveryEnd.SUCCEEDED);
        assertThat(records().attemptsOf(OTHER, delivery.event(), 70)).isEmpty();
        var filters = List.of(
                ANY,
                new AttemptFilter(Set.of(70L), null, null, null, null, null, null, null),
                new AttemptFilter(Set.of(70L, 71L), null, null, null, null, null, null, null),
                new AttemptFilter(null, null, null, null, delivery.event(), null, null, null),
                new AttemptFilter(null, null, null, null, null, delivery.call(), null, null));
        for (AttemptFilter filter : filters) {
            var page = records().attempts(OTHER, filter, new PageRequest.Offset(10, 0));
            assertThat(page.items()).isEmpty();
            assertThat(page.total()).isZero();
        }
    }

    private void finishFresh(Delivery delivery, DeliveryEnd end) {
        write(tx -> {
            tx.insertFresh(List.of(delivery));
            tx.apply(List.of(new LaneWrite.Finish(delivery, 1, end, Given.success())));
        });
    }

    private List<LoggedAttempt> find(AttemptFilter filter) {
        Page<LoggedAttempt> page = records().attempts(ACME, filter, new PageRequest.Offset(100, 0));
        assertThat(page.total()).isEqualTo(page.items().size());
        assertThat(records()
                        .attempts(ACME, filter, new PageRequest.Cursor(100, null))
                        .items())
                .usingRecursiveComparison()
                .isEqualTo(page.items());
        return page.items();
    }
}
