package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.api.connection.ConnectionLimits;
import dev.ringpost.store.ApiKey.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that come in numbers, send slowly, or never go on: they get their due, and others theirs. */
class CrowdTest {
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    static final ApiRig standard = new ApiRig();

    /** Little time. */
    @RegisterExtension
    static final ApiRig hasty = new ApiRig(
            ApiSettings.defaults(),
            new ConnectionLimits(1000, Duration.ofMillis(300), Duration.ofMillis(300), 1 << 20, 1 << 20));

    /** Little room. */
    @RegisterExtension
    static final ApiRig narrow =
            new ApiRig(ApiSettings.defaults(), new ConnectionLimits(20, LONG, LONG, 1 << 20, 1 << 20));

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private RawClient client(ApiRig rig) throws IOException {
        RawClient client = new RawClient(rig.port);
        clients.add(client);
        return client;
    }

    private static String post(ApiClient api, int length) {
        return "POST /v1/calls/web HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + api.key() + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void aThousandIdleAndAThousandHalfSentStopNobody() throws Exception {
        ApiClient api = standard.newAccount(Scope.FULL);
        for (int i = 0; i < 1000; i++) {
            client(standard);
        }
        for (int i = 0; i < 500; i++) {
            client(standard).send("POST /v1/calls/web HTTP/1.1\r\nHost: x\r\nAuth");
            client(standard).send(post(api, 200_000) + "{\"agent_id\"");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(client(standard).send(HEALTH).status()).isEqualTo(200);
            String body = "{\"agent_id\":\"a\"}";
            assertThat(client(standard).send(post(api, body.length()) + body).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aHeadThatDoesNotGetOnIsRefused() throws Exception {
        RawClient silent = client(hasty);
        String refusal = client(hasty).send("GET /healthz HTTP/1.1\r\nHo").response();
        assertThat(refusal).startsWith("HTTP/1.1 408 ").contains("request-timeout", "connection: close", "The head");
        // Who has said nothing yet has its deadline still to come.
        assertThat(silent.send(HEALTH).status()).isEqualTo(200);
        // And so has each request of a connection.
        assertThat(silent.send("G").response()).startsWith("HTTP/1.1 408 ");
        assertThat(silent.rest()).isEmpty();
    }

    @Test
    void aHeadByteByByteIsRefusedAllTheSame() throws Exception {
        RawClient slow = client(hasty);
        Thread drips = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    slow.send("G");
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                // It was closed, which ends the test.
            }
        });
        assertThat(slow.response()).startsWith("HTTP/1.1 408 ");
        slow.close();
        drips.join();
    }

    @Test
    void aBodyThatDoesNotGetOnIsRefused() throws Exception {
        ApiClient api = hasty.newAccount(Scope.FULL);
        RawClient slow = client(hasty).send(post(api, 1000) + "{\"agent_id\"");
        assertThat(slow.response()).startsWith("HTTP/1.1 408 ").contains("request-timeout", "The body");
        assertThat(slow.rest()).isEmpty();
        assertThat(api.get("/v1/calls").text("/total")).isEqualTo("0");
    }

    @Test
    void atTheBoundTheLongestWaitingMakesRoom() throws Exception {
        List<RawClient> first = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = client(narrow);
            first.add(client);
            assertThat(client.send(HEALTH).status()).isEqualTo(200);
        }
        assertThat(first.get(0).send(HEALTH).status()).isEqualTo(200);
        assertThat(client(narrow).send(HEALTH).status()).isEqualTo(200);
        assertThat(first.get(1).rest()).isEmpty();
        assertThat(first.get(0).send(HEALTH).status()).isEqualTo(200);
    }

    @Test
    void atTheBoundWhoIsBeingServedStays() throws Exception {
        ApiClient api = narrow.newAccount(Scope.FULL);
        String body = "{\"agent_id\":\"a\"}";
        List<RawClient> busy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = client(narrow);
            busy.add(client.send(post(api, body.length()).replace("Host: x", "Host: x\r\nExpect: 100-continue")));
            assertThat(client.status()).isEqualTo(100);
        }
        assertThat(client(narrow).response())
                .startsWith("HTTP/1.1 503 ")
                .contains("retry-after: 1", "overloaded", "connection: close");
        for (RawClient client : busy) {
            assertThat(client.send(body).status()).isEqualTo(201);
        }
    }

    /** All bodies on their way have 1 MiB here, of which one account alone gets half. */
    @Test
    void bodiesOnTheirWayAreBoundedAndDivided() throws Exception {
        ApiClient greedy = narrow.newAccount(Scope.FULL);
        ApiClient modest = narrow.newAccount(Scope.FULL);
        List<RawClient> half = new ArrayList<>();
        String begun = "{\"agent_id\":\"a\",\"metadata\":{\"k\":\"" + "x".repeat(100_000);
        for (int i = 0; i < 8; i++) {
            half.add(client(narrow).send(post(greedy, 200_000) + begun));
        }
        for (int refused = 0; refused < 3; refused++) {
            RawClient client = await().until(() -> oneThatIsAnswered(half), Objects::nonNull);
            half.remove(client);
            assertThat(client.response())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("retry-after: 1", "overloaded", "connection: close");
        }
        String other = begun + "\"}}";
        RawClient served = client(narrow).send(post(modest, other.length()) + other);
        assertThat(served.status()).isEqualTo(422);
        for (RawClient client : half) {
            client.close();
        }
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(client(narrow)
                                .send(post(greedy, other.length()) + other)
                                .status())
                        .isEqualTo(422));
    }

    private static @Nullable RawClient oneThatIsAnswered(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            if (client.isAnswered()) {
                return client;
            }
        }
        return null;
    }

    /** Else answers would fill the memory. What fits into the sockets' buffers goes on, and no more. */
    @Test
    void whoDoesNotReadItsAnswersGetsNoMore() throws Exception {
        ApiClient api = standard.newAccount(Scope.FULL);
        String body = "{\"agent_id\":\"a\",\"metadata\":{\"k\":\"" + "x".repeat(16_000) + "\"}}";
        String request = post(api, body.length()) + body;
        RawClient deaf = client(standard);
        Thread sender = Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < 3000; i++) {
                    deaf.send(request);
                }
            } catch (IOException e) {
                // The end of the test.
            }
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> calls(api) > 20);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(60)).until(() -> calls(api), is -> is < 1500);
        assertThat(client(standard).send(HEALTH).status()).isEqualTo(200);
        for (int i = 0; i < 3000; i++) {
            assertThat(deaf.status()).isEqualTo(201);
        }
        sender.join();
    }

    private static int calls(ApiClient api) {
        return api.get("/v1/calls?limit=1").expect(200).json().path("total").asInt();
    }
}
