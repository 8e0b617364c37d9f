package dev.ringpost.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the server, and of {@code ringpost listen}, in the midst of events: none is lost, and their order holds. */
class ListenKillIT {
    private static final String KEY = "rp_sk_listenkilllistenkilllisten";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<String> fired = new ArrayList<>();

    @Test
    void whatWasAcknowledgedArrivesWhoeverIsKilled() throws Exception {
        int port = freePort();
        try (LocalEndpoint local = new LocalEndpoint()) {
            String last;
            try (RingpostProcess server = start(port);
                    ListenProcess listener = listen(server, local)) {
                fireUntilForwarded(server, listener);
                fire(server, 20);
                server.kill();
                try (RingpostProcess again = start(port)) {
                    fire(again, 20);
                    await().atMost(PATIENCE).until(() -> listener.forwarded().size() >= 30);
                    fire(again, 20);
                    listener.kill();
                    last = listener.forwarded().getLast();
                    fire(again, 20);
                    try (ListenProcess next = listen(again, local, "--after", last)) {
                        await().atMost(PATIENCE)
                                .untilAsserted(() -> assertThat(received(local)).containsAll(fired));
                        // One that was answered and not noted comes again, and nothing else does.
                        assertThat(local.received("/hook")).hasSizeBetween(fired.size(), fired.size() + 2);
                        assertThat(received(local)).containsExactlyElementsOf(fired);
                        assertThat(next.forwarded()).isNotEmpty();
                    }
                }
            }
        }
    }

    /** It begins with what comes once it is there: so the first few events only show that it is. */
    private void fireUntilForwarded(RingpostProcess server, ListenProcess listener) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            fire(server, 1);
            return !listener.forwarded().isEmpty();
        });
        fired.subList(0, fired.indexOf(listener.forwarded().getFirst())).clear();
    }

    /** The ids of what came, each once, in order. */
    private static List<String> received(LocalEndpoint local) {
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        local.received("/hook").forEach(each -> ids.add(each.body().replaceFirst(".*?\"id\":\"(evt_\\w+)\".*", "$1")));
        return List.copyOf(ids);
    }

    private void fire(RingpostProcess server, int count) {
        Api api = new Api(server.url(), KEY);
        for (int i = 0; i < count; i++) {
            String report = "{'type':'connected','external_id':'n" + fired.size() + "-" + System.nanoTime()
                    + "','call':{'agent_id':'a','type':'inbound','from_number':null,'to_number':null}}";
            fired.add(api.done("/v1/reports", report).at("/items/0/events/0").asText());
        }
    }

    private RingpostProcess start(int port) {
        return RingpostProcess.start(folder, port, Map.of("RINGPOST_BOOTSTRAP_KEY", KEY));
    }

    private ListenProcess listen(RingpostProcess server, LocalEndpoint local, String... options) {
        return ListenProcess.start(folder, server.url(), KEY, local.url("/hook"), options);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
