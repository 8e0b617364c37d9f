package dev.ringpost.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.call.EventType;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Notice;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.Account;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a notice to a committed delivery, on the real store. */
class OpsNoticesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FLOOD = 10_000;

    private final InstantSource clock = InstantSource.system();
    private final List<Committed> delivered = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private SqliteStore store;
    private GroupCommit journal;
    private Webhook endpoint;
    private OpsNotices notices;

    @BeforeEach
    void open() {
        MasterKey key = new MasterKey(new byte[32]);
        PublicIds ids = key.publicIds();
        store = SqliteStore.open(folder, key, clock);
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> new CallFold.Folded(List.of(), List.of(), List.of()),
                committed -> {},
                ForkJoinPool.commonPool(),
                clock);
        Account operator = new Account(
                store.numbers().next(), "default", List.of(new SigningSecret("whsec_AAAA", null)), clock.instant());
        journal.change(tx -> {
                    tx.insertAccount(operator);
                    return operator;
                })
                .join();
        endpoint = new OpsEndpoint(store.records(), journal, store.numbers(), clock)
                .at(operator.no(), "https://ops.example/hook");
        notices = new OpsNotices(new OpsNotices.Parts(clock, store.numbers(), ids, journal, endpoint.no()));
        notices.start(delivered::addAll);
    }

    @AfterEach
    void close() {
        notices.close();
        journal.close();
        store.close();
    }

    @Test
    void aNoticeIsCommittedBeforeItIsDelivered() throws Exception {
        notices.tell(new Notice.Recovered(webhook(WebhookKind.ACCOUNT)));
        await().until(() -> delivered.size() == 1);
        Delivery delivery = delivered.getFirst().delivery();
        assertThat(delivery.endpoint()).isEqualTo(endpoint.no());
        assertThat(store.backlog().fresh(0, 0, 10)).containsExactly(delivery);
        assertThat(store.backlog().payloads(List.of(delivery.event())).get(delivery.event()))
                .isEqualTo(delivered.getFirst().payload());
    }

    @Test
    void aFloodIsThinnedOutAndEveryNoticeIsCounted() {
        IntStream.range(0, FLOOD).parallel().forEach(i -> notices.tell(exhausted(i)));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told()).isEqualTo(FLOOD));
        assertThat(delivered.size()).isLessThan(FLOOD / 20);
        assertThat(delivered).extracting(made -> made.delivery().event()).isSorted();
    }

    @Test
    void nothingIsToldAboutTheEndpointOfTheOperator() throws Exception {
        notices.tell(new Notice.Recovered(endpoint));
        notices.tell(new Notice.Recovered(webhook(WebhookKind.CALL)));
        await().until(() -> !delivered.isEmpty());
        assertThat(delivered).hasSize(1);
        assertThat(JSON.readTree(delivered.getFirst().payload()).get("kind").asText())
                .isEqualTo("call");
    }

    @Test
    void whileTheEndpointIsInactiveNothingIsDelivered() {
        journal.change(tx -> {
                    tx.updateWebhook(endpoint.disabled("410 Gone", clock.instant()));
                    return endpoint;
                })
                .join();
        notices.tell(new Notice.Recovered(webhook(WebhookKind.ACCOUNT)));
        journal.change(tx -> endpoint).join();
        assertThat(delivered).isEmpty();
        assertThat(store.backlog().fresh(0, 0, 10)).isEmpty();
    }

    private long told() throws IOException {
        long told = 0;
        for (Committed each : delivered) {
            JsonNode json = JSON.readTree(each.payload());
            told += 1 + json.get("suppressed").asLong();
        }
        return told;
    }

    private static Notice exhausted(int i) {
        Delivery delivery = new Delivery(i + 1L, 7, 5, 9, 1, EventType.CALL_ENDED);
        return new Notice.Exhausted(webhook(WebhookKind.ACCOUNT), delivery, 10, "the receiver answered 500");
    }

    private static Webhook webhook(WebhookKind kind) {
        return new Webhook(
                7,
                5,
                kind,
                "n",
                "https://hooks.example/7",
                Set.of(),
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
