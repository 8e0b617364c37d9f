package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drives every operation of openapi.yaml on a real server and lets it deliver to a real receiver, and holds each
 * request, answer and payload to the description. The last test asks what of the description was not seen.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftIT {
    /** Problems that take a failing disk, a flood or a race: tests of their parts provoke them. */
    private static final Set<String> RARE = Set.of(
            "idempotency-in-flight",
            "idempotency-answer-too-large",
            "too-many-streams",
            "overloaded",
            "store-unavailable",
            "not-ready");

    /** Replays of a test are over before there are too many of them. */
    private static final String TOO_MANY_REPLAYS = "POST /v1/webhooks/{id}/replay 409 limit-reached";

    private static final Description description = Description.load();
    private static final Schemas schemas = new Schemas(description);
    private static final Ledger ledger = new Ledger(description);

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static DescribedReceiver receiver;
    private static DescribedClient client;

    @BeforeAll
    static void start() throws IOException {
        receiver = new DescribedReceiver(description, schemas, ledger);
        server = ServerProcess.start(
                Files.createDirectory(folder.resolve("data")),
                "--max-webhooks",
                "40",
                "--ops-webhook",
                receiver.url("/ops"));
        client = new DescribedClient(description, schemas, ledger, server.url(), ServerProcess.KEY);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        receiver.close();
        assertThat(server.stop()).isZero();
    }

    @Test
    @Order(1)
    void webhooks() {
        new WebhookStory(client, receiver).run();
    }

    @Test
    @Order(2)
    void calls() {
        new CallStory(client, receiver).run();
    }

    @Test
    @Order(3)
    void deliveries() {
        new DeliveryStory(client, receiver).run();
    }

    @Test
    @Order(3)
    void whatTheOperatorIsTold() {
        new OperatorStory(client, receiver).run();
    }

    @Test
    @Order(4)
    void streams() {
        for (String operation : List.of("streamEvents", "streamDeliveries")) {
            client.ask(operation).query("since", "2020-01-01T00:00:00Z").expect(200);
        }
    }

    @Test
    @Order(4)
    void statistics() {
        client.ask("getStats").query("interval", "hour").expect(200);
    }

    @Test
    @Order(4)
    void accounts() {
        new AccountStory(client).run();
    }

    @Test
    @Order(5)
    void theServerItself() {
        for (String operation : List.of("getHealth", "getReadiness", "getMetrics", "getDescription")) {
            client.ask(operation).expect(200);
        }
    }

    @Test
    @Order(6)
    void whatEveryOperationRefuses() {
        Map<String, String> known = new LinkedHashMap<>();
        Faults faults = new Faults(client, keyOfEachScope(known), ofEachKind(known));
        description.operations().forEach(faults::tryAll);
    }

    private static Map<String, String> keyOfEachScope(Map<String, String> known) {
        String account = client.ask("createAccount")
                .json("{'name': 'Scopes'}")
                .expect(201)
                .id();
        known.put("accounts", account);
        Map<String, String> keys = new LinkedHashMap<>();
        for (String scope : List.of("full", "manage", "reports", "read", "web_calls")) {
            Exchange created = client.ask("createKey")
                    .id(account)
                    .json("{'scope': '" + scope + "'}")
                    .expect(201);
            keys.put(scope, created.text("/key"));
            known.put("key_id", created.id());
        }
        return keys;
    }

    private static Map<String, String> ofEachKind(Map<String, String> known) {
        String webhook = client.ask("createWebhook")
                .json("{'url': '" + receiver.url("/known") + "', 'events': ['call.ended']}")
                .expect(201)
                .id();
        String call = client.ask("createWebCall")
                .json("{'agent_id': 'agent_7'}")
                .expect(201)
                .id();
        String event = client.ask("reportOnCall")
                .id(call)
                .json("{'type': 'connected'}")
                .expect(200)
                .text("/events/0");
        String delivery = client.ask("testWebhook").id(webhook).expect(200).text("/delivery_id");
        known.putAll(Map.of("webhooks", webhook, "calls", call, "events", event, "deliveries", delivery));
        Exchange job = client.ask("createReplay")
                .id(webhook)
                .json(client.example("createReplay", "failed"))
                .expect(202);
        known.put("replays", job.id());
        return known;
    }

    @Test
    @Order(7)
    void everythingWasSeen() {
        receiver.assertAllAsDescribed();
        Set<String> unseen = new TreeSet<>(ledger.unseen());
        unseen.remove(TOO_MANY_REPLAYS);
        unseen.removeIf(answer -> RARE.contains(answer.substring(answer.lastIndexOf(' ') + 1)));
        assertThat(unseen).as("described, and not seen").isEmpty();
    }

    @Test
    @Order(8)
    void examplesHaveTheFieldsOfRealAnswers() {
        assertThat(ledger.inventedExamples()).isEmpty();
    }
}
