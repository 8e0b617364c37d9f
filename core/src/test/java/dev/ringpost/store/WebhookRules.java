package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import dev.ringpost.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Webhooks of accounts and of calls. */
public interface WebhookRules extends StoreUnderTest {
    PageRequest FIRST = new PageRequest.Offset(50, 0);
    String URL = "https://example.com/hook";

    @Test
    default void aWebhookComesBackAsItWas() {
        Webhook webhook = Given.webhook(1, ACME, URL);
        write(tx -> {
            tx.insertWebhook(webhook);
            assertThat(tx.webhook(1)).contains(webhook);
            assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L);
            assertThat(tx.countAccountWebhooks(ACME)).isEqualTo(1);
        });
        assertThat(records().webhook(ACME, 1)).contains(webhook);
        assertThat(backlog().webhook(1)).contains(webhook);
    }

    @Test
    default void anUpdateIsSeenInTheBatchAndAfter() {
        Webhook before = Given.webhook(1, ACME, URL);
        Webhook paused = withStatus(before, WebhookStatus.INACTIVE, "410 Gone");
        write(tx -> tx.insertWebhook(before));
        write(tx -> {
            assertThat(tx.webhook(1)).contains(before);
            tx.updateWebhook(paused);
            assertThat(tx.webhook(1)).contains(paused);
        });
        write(tx -> assertThat(tx.webhook(1)).contains(paused));
        assertThat(records().webhook(ACME, 1)).contains(paused);
    }

    @Test
    default void aDeletedWebhookIsGone() {
        write(tx -> tx.insertWebhook(Given.webhook(1, ACME, URL)));
        write(tx -> {
            assertThat(tx.webhook(1)).isPresent();
            tx.deleteWebhook(ACME, 1);
            assertThat(tx.webhook(1)).isEmpty();
        });
        write(tx -> {
            assertThat(tx.subscriptions(ACME).webhooks()).isEmpty();
            assertThat(tx.countAccountWebhooks(ACME)).isZero();
            assertThat(tx.webhook(1)).isEmpty();
        });
        assertThat(records().webhook(ACME, 1)).isEmpty();
        assertThat(records()
                        .webhooks(ACME, new WebhookFilter(WebhookKind.ACCOUNT), FIRST)
                        .items())
                .isEmpty();
        assertThat(backlog().webhook(1)).isEmpty();
    }

    @Test
    default void anotherAccountNeitherSeesNorDeletesAWebhook() {
        Webhook webhook = Given.webhook(1, ACME, URL);
        write(tx -> tx.insertWebhook(webhook));
        write(tx -> {
            tx.deleteWebhook(OTHER, 1);
            assertThat(tx.subscriptions(OTHER).webhooks()).isEmpty();
        });
        assertThat(records().webhook(OTHER, 1)).isEmpty();
        assertThat(records()
                        .webhooks(OTHER, new WebhookFilter(WebhookKind.ACCOUNT), FIRST)
                        .total())
                .isZero();
        assertThat(records().webhook(ACME, 1)).contains(webhook);
    }

    @Test
    default void webhooksOfAllKindsAndAccountsAreFoundByTheirNumbers() {
        Webhook first = Given.webhook(1, ACME, URL);
        Webhook foreign = Given.webhook(2, OTHER, URL);
        Webhook paused = withStatus(first, WebhookStatus.INACTIVE, null);
        Webhook ofCalls = inTransaction(tx -> {
            tx.insertWebhook(first);
            tx.insertWebhook(foreign);
            return tx.callWebhook(ACME, URL);
        });
        List<Long> all = List.of(ofCalls.no(), 3L, 2L, 1L);
        write(tx -> {
            assertThat(tx.webhooks(List.of())).isEmpty();
            assertThat(tx.webhooks(List.of(2L))).containsOnly(entry(2L, foreign));
            assertThat(tx.webhooks(all))
                    .containsOnly(entry(1L, first), entry(2L, foreign), entry(ofCalls.no(), ofCalls));
            tx.updateWebhook(paused);
            tx.deleteWebhook(OTHER, 2);
            tx.insertWebhook(Given.webhook(3, OTHER, URL));
            assertThat(tx.webhooks(all).get(1L)).isEqualTo(paused);
            assertThat(tx.webhooks(all)).containsOnlyKeys(1L, 3L, ofCalls.no());
        });
        write(tx -> {
            assertThat(tx.webhooks(all).get(1L)).isEqualTo(paused);
            assertThat(tx.webhooks(all)).containsOnlyKeys(1L, 3L, ofCalls.no());
        });
    }

    @Test
    default void subscriptionsAreThoseOfTheAccountsWebhooks() {
        Webhook narrow = Given.webhook(1, ACME, URL);
        write(tx -> {
            assertThat(tx.subscriptions(ACME).size()).isZero();
            tx.insertWebhook(narrow);
            tx.insertWebhook(Given.webhook(3, OTHER, URL));
            tx.callWebhook(ACME, URL);
            assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(1L);
        });
        write(tx -> {
            assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L);
            assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(1L);
            assertThat(receivers(tx, "agent-1", Direction.WEB)).isEmpty();
            assertThat(receivers(tx, "agent-2", Direction.INBOUND)).isEmpty();
        });
    }

    @Test
    default void aChangeOfASubscriptionIsSeenInTheBatchAndAfter() {
        Webhook before = Given.webhook(1, ACME, URL);
        Webhook all = Webhooks.with(before, Set.of(), Set.of());
        write(tx -> tx.insertWebhook(before));
        change(
                tx -> assertThat(receivers(tx, "agent-2", Direction.WEB)).isEmpty(),
                tx -> tx.updateWebhook(all),
                tx -> assertThat(receivers(tx, "agent-2", Direction.WEB)).containsExactly(1L));
        change(
                tx -> assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L),
                tx -> tx.insertWebhook(Given.webhook(2, ACME, URL)),
                tx -> assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(1L, 2L));
        change(
                tx -> assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L, 2L),
                tx -> tx.updateWebhook(withStatus(all, WebhookStatus.INACTIVE, null)),
                tx -> {
                    assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L, 2L);
                    assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(2L);
                });
        change(tx -> assertThat(tx.subscriptions(ACME).size()).isEqualTo(2), tx -> tx.deleteWebhook(ACME, 2), tx -> {
            assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L);
            assertThat(receivers(tx, "agent-1", Direction.INBOUND)).isEmpty();
        });
    }

    @Test
    default void aChangeThatIsUndoneIsNotSeen() {
        Webhook before = Given.webhook(1, ACME, URL);
        write(tx -> tx.insertWebhook(before));
        assertThatIllegalStateException()
                .isThrownBy(() -> write(tx -> {
                    tx.updateWebhook(withStatus(before, WebhookStatus.INACTIVE, null));
                    tx.insertWebhook(Given.webhook(2, ACME, URL));
                    assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(2L);
                    throw new IllegalStateException("The batch fails");
                }));
        write(tx -> {
            assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L);
            assertThat(receivers(tx, "agent-1", Direction.INBOUND)).containsExactly(1L);
            assertThat(tx.webhooks(List.of(1L, 2L))).containsOnly(entry(1L, before));
        });
    }

    private void change(Consumer<Transaction> before, Consumer<Transaction> change, Consumer<Transaction> after) {
        write(before);
        write(tx -> {
            before.accept(tx);
            change.accept(tx);
            after.accept(tx);
        });
        write(after);
    }

    /** Of a call.started. */
    private static List<Long> receivers(Transaction tx, String agent, Direction direction) {
        CallSpec call = Given.spec(null, agent, direction, null);
        return tx
                .subscriptions(ACME)
                .receivers(
                        call,
                        null,
                        EventType.CALL_STARTED,
                        numbers -> List.copyOf(tx.webhooks(numbers).values()))
                .stream()
                .map(Webhook::no)
                .sorted()
                .toList();
    }

    @Test
    default void someWebhooksAreListedByTheirNumbers() {
        write(tx -> {
            for (long no = 1; no <= 4; no++) {
                tx.insertWebhook(Given.webhook(no, no == 3 ? OTHER : ACME, URL));
            }
        });
        WebhookFilter some = new WebhookFilter(WebhookKind.ACCOUNT, null, null, Set.of(1L, 3L, 4L, 5L));
        assertThat(records().webhooks(ACME, some, FIRST).items())
                .extracting(Webhook::no)
                .containsExactly(4L, 1L);
        assertThat(records().webhooks(ACME, some, FIRST).total()).isEqualTo(2);
        assertThat(records().webhooks(ACME, some, new PageRequest.Cursor(1, 4L)).items())
                .extracting(Webhook::no)
                .containsExactly(1L);
        WebhookFilter none = new WebhookFilter(WebhookKind.ACCOUNT, null, null, Set.of());
        assertThat(records().webhooks(ACME, none, FIRST).items()).isEmpty();
    }

    @Test
    default void webhooksAreListedByKindAndStatus() {
        Webhook active = Given.webhook(1, ACME, URL);
        Webhook paused = withStatus(Given.webhook(2, ACME, URL), WebhookStatus.INACTIVE, null);
        Webhook ofCalls = inTransaction(tx -> {
            tx.insertWebhook(active);
            tx.insertWebhook(paused);
            return tx.callWebhook(ACME, URL);
        });
        assertThat(webhooks(WebhookKind.ACCOUNT, null)).containsExactly(paused, active);
        assertThat(webhooks(WebhookKind.ACCOUNT, WebhookStatus.INACTIVE)).containsExactly(paused);
        assertThat(webhooks(WebhookKind.CALL, null)).containsExactly(ofCalls);
        write(tx -> assertThat(tx.subscriptions(ACME).webhooks()).containsExactly(1L, 2L));
    }

    @Test
    default void callsWithOneUrlShareAnEndpointSignedWithTheAccountsSecrets() {
        write(tx -> tx.insertAccount(Given.account(ACME)));
        Webhook made = inTransaction(tx -> {
            Webhook first = tx.callWebhook(ACME, "https://hooks.example.com:8443/a?b=c");
            assertThat(tx.callWebhook(ACME, "https://hooks.example.com:8443/a?b=c"))
                    .isEqualTo(first);
            return first;
        });
        assertThat(made.kind()).isEqualTo(WebhookKind.CALL);
        assertThat(made.name()).isEqualTo("hooks.example.com");
        assertThat(made.events()).isEqualTo(EventType.OF_CALLS);
        assertThat(made.options()).isEqualTo(WebhookOptions.DEFAULT);
        assertThat(made.secrets()).isEqualTo(Given.account(ACME).secrets());
        write(tx -> {
            assertThat(tx.callWebhook(ACME, made.url())).isEqualTo(made);
            assertThat(tx.callWebhook(OTHER, made.url()).no()).isNotEqualTo(made.no());
        });
        assertThat(backlog().webhook(made.no())).contains(made);
        assertThat(records().webhook(ACME, made.no())).contains(made);
    }

    @Test
    default void aCallEndpointIsDeletedOnceNothingUsesIt() {
        Instant later = NOW.plusSeconds(60);
        write(tx -> tx.insertAccount(Given.account(ACME)));
        Webhook made = inTransaction(tx -> tx.callWebhook(ACME, URL));
        Webhook other = inTransaction(tx -> tx.callWebhook(ACME, URL + "/other"));
        assertThat(backlog().callWebhooks(0, 10)).containsExactly(made, other);
        assertThat(backlog().callWebhooks(made.no(), 10)).containsExactly(other);
        assertThat(backlog().callWebhooks(0, 1)).containsExactly(made);
        assertThat(deleteIdle(made, NOW)).as("it is new").isFalse();
        Call call = Given.call(numbers().next(), ACME, null);
        Call running = with(call, new CallWebhook(URL, CallWebhook.Mode.INSTEAD, made.events(), made.no()), false);
        write(tx -> tx.insertCalls(List.of(running)));
        assertThat(deleteIdle(made, later)).as("a call may fire").isFalse();
        write(tx -> tx.updateCalls(List.of(with(running, running.spec().webhook(), true))));
        Delivery delivery = new Delivery(numbers().next(), made.no(), ACME, call.no(), 1, EventType.CALL_ENDED);
        write(tx -> tx.insertFresh(List.of(delivery)));
        assertThat(deleteIdle(made, later)).as("a delivery waits").isFalse();
        write(tx -> tx.apply(List.of(new LaneWrite.Spill(delivery))));
        assertThat(deleteIdle(made, later)).as("a delivery waits").isFalse();
        write(tx -> tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, Given.success()))));
        assertThat(deleteIdle(made, NOW)).as("something was sent").isFalse();
        assertThat(deleteIdle(made, later)).isTrue();
        assertThat(backlog().callWebhooks(0, 10)).containsExactly(other);
        Webhook again = inTransaction(tx -> tx.callWebhook(ACME, URL));
        assertThat(again.no()).isNotEqualTo(made.no());
        write(tx -> tx.insertWebhook(Given.webhook(1, ACME, URL)));
        assertThat(deleteIdle(Given.webhook(1, ACME, URL), later))
                .as("an account's")
                .isFalse();
    }

    private boolean deleteIdle(Webhook webhook, Instant since) {
        return inTransaction(tx -> tx.deleteIdleCallWebhook(webhook, since));
    }

    private static Call with(Call call, @Nullable CallWebhook webhook, boolean isOver) {
        return new Call(
                call.no(),
                call.account(),
                webhook == null ? call.spec() : call.spec().withWebhook(webhook),
                isOver ? CallStatus.COMPLETED : call.status(),
                call.facts(),
                call.progress(),
                call.createdAt(),
                call.updatedAt());
    }

    @Test
    default void aDeletedCallEndpointIsMadeAnew() {
        Webhook made = inTransaction(tx -> tx.callWebhook(ACME, URL));
        write(tx -> assertThat(tx.callWebhook(ACME, URL)).isEqualTo(made));
        write(tx -> tx.deleteWebhook(ACME, made.no()));
        Webhook again = inTransaction(tx -> tx.callWebhook(ACME, URL));
        assertThat(again.no()).isGreaterThan(made.no());
    }

    @Test
    default void whatTheOperatorIsToldIsNoEventOfACall() {
        write(tx -> tx.insertAccount(Given.account(ACME)));
        Webhook ops = new Webhook(
                numbers().next(),
                ACME,
                WebhookKind.OPS,
                "ops",
                URL,
                EventType.OF_OPERATION,
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                Given.NOW,
                Given.NOW);
        Event event = new Event(
                numbers().next(),
                ACME,
                ops.no(),
                0,
                EventType.WEBHOOK_FAILING,
                Given.NOW,
                "{}".getBytes(StandardCharsets.UTF_8));
        Delivery delivery = new Delivery(event.no(), ops.no(), ACME, ops.no(), 0, EventType.WEBHOOK_FAILING);
        write(tx -> {
            tx.insertWebhook(ops);
            assertThat(tx.subscriptions(ACME).webhooks()).isEmpty();
            assertThat(tx.webhook(ops.no()).orElseThrow().secrets())
                    .isEqualTo(Given.account(ACME).secrets());
        });
        write(tx -> {
            tx.insertEvents(List.of(event));
            tx.insertFresh(List.of(delivery));
        });
        assertThat(webhooks(WebhookKind.OPS, null)).extracting(Webhook::no).containsExactly(ops.no());
        assertThat(webhooks(WebhookKind.ACCOUNT, null)).isEmpty();
        assertThat(backlog().payloads(List.of(event.no()))).containsOnlyKeys(event.no());
        assertThat(backlog().fresh(0, 0, 10)).containsExactly(delivery);
        assertThat(records().event(ACME, event.no())).isPresent();
        assertThat(records()
                        .events(ACME, new EventFilter(null, null, null, null), FIRST)
                        .items())
                .isEmpty();
        write(tx -> tx.apply(List.of(new LaneWrite.Finish(delivery, 1, DeliveryEnd.GAVE_UP, Given.failure()))));
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        LoggedAttempt logged = records().attemptsOf(ACME, event.no(), ops.no()).getFirst();
        assertThat(logged.type()).isEqualTo(EventType.WEBHOOK_FAILING);
        assertThat(logged.call()).isNull();
        assertThat(logged.test()).isFalse();
    }

    private List<Webhook> webhooks(WebhookKind kind, @Nullable WebhookStatus status) {
        return records()
                .webhooks(ACME, new WebhookFilter(kind, status, null, null), FIRST)
                .items();
    }

    private static Webhook withStatus(Webhook webhook, WebhookStatus status, @Nullable String reason) {
        return new Webhook(
                webhook.no(),
                webhook.account(),
                webhook.kind(),
                webhook.name(),
                webhook.url(),
                webhook.events(),
                status,
                reason,
                webhook.options(),
                webhook.secrets(),
                webhook.createdAt(),
                webhook.updatedAt());
    }
}
