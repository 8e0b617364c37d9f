package dev.ringpost.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: no new request is taken, attempts in flight end, what they brought is committed, and the exit code is 0. */
class GracefulStopIT {
    private static final String KEY = "rp_sk_gracefulgracefulgraceful";

    @TempDir
    Path folder;

    @Test
    void anAttemptInFlightEndsAndIsRecorded() {
        try (LocalEndpoint endpoint = new LocalEndpoint();
                RingpostProcess server = start()) {
            deliverTo(endpoint.url("/held"), server);
            await().until(() -> endpoint.received("/held").size() == 1);
            server.terminate();
            await().until(() -> refusesConnections(server));
            assertThat(server.isAlive()).isTrue();
            endpoint.letGo();
            assertThat(server.exitCode()).isZero();
            try (RingpostProcess again = start()) {
                JsonNode log = Api.json(api(again).get("/v1/deliveries"));
                assertThat(log.at("/items")).hasSize(1);
                assertThat(log.at("/items/0/status").asText()).isEqualTo("succeeded");
                assertThat(endpoint.received("/held")).hasSize(1);
            }
        }
    }

    @Test
    void anAttemptThatDoesNotEndIsLeftAfterTenSecondsAndMadeAgainAtTheNextStart() {
        try (LocalEndpoint endpoint = new LocalEndpoint();
                RingpostProcess server = start()) {
            deliverTo(endpoint.url("/held"), server);
            await().until(() -> endpoint.received("/held").size() == 1);
            long begin = System.nanoTime();
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(25));
            endpoint.letGo();
            try (RingpostProcess again = start()) {
                await().until(() -> endpoint.received("/held").size() == 2);
                await().untilAsserted(() -> assertThat(Api.json(api(again).get("/v1/deliveries"))
                                .at("/items/0/attempt")
                                .asInt())
                        .isEqualTo(1));
            }
        }
    }

    private RingpostProcess start() {
        return RingpostProcess.start(folder, Map.of(), "--allow-private-targets", "--bootstrap-key", KEY);
    }

    private static Api api(RingpostProcess server) {
        return new Api(server.url(), KEY);
    }

    private static void deliverTo(String url, RingpostProcess server) {
        api(server).done("/v1/webhooks", "{'url': '" + url + "', 'events': ['call.started'], 'timeout_seconds': 30}");
        api(server)
                .done(
                        "/v1/reports",
                        "{'type': 'connected', 'external_id': 'stop', 'call': {'agent_id': 'a', 'type': 'inbound',"
                                + " 'from_number': null, 'to_number': null}}");
    }

    private static boolean refusesConnections(RingpostProcess server) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
