package dev.ringpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.cli.remote.Forwarder;
import dev.ringpost.cli.remote.Listener;
import dev.ringpost.cli.remote.Remote;
import dev.ringpost.cli.remote.RemoteFailure;
import dev.ringpost.running.Api;
import dev.ringpost.running.StreamClient;
import dev.ringpost.running.StreamClient.Message;
import dev.ringpost.running.TalkativeEndpoint;
import dev.ringpost.signing.VerificationException;
import dev.ringpost.signing.Verifier;
import dev.ringpost.signing.WebhookSecret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are streamed to a local server arrive there as webhooks do. */
class ListenTest {
    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Thread> listeners = new ArrayList<>();
    private volatile String answer = "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n";
    private final TalkativeEndpoint local = new TalkativeEndpoint(request -> {
        requests.add(request);
        return answer;
    });

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread listener : listeners) {
            listener.interrupt();
            listener.join();
        }
        local.close();
    }

    private void listen(URI server, Set<String> events, @Nullable String after, String target) {
        Remote remote = new Remote(new Remote.Access(server, LiveServer.KEY, null));
        Forwarder forwarder = new Forwarder(URI.create(target), "1.2.3", InstantSource.system());
        Listener listener = new Listener(
                remote,
                forwarder,
                new Listener.Wanted(events, after, null),
                new Notes(),
                // So that a test does not wait as people do.
                time -> Thread.sleep(Math.min(20, time.toMillis())));
        listeners.add(Thread.ofVirtual().start(() -> {
            try (remote;
                    forwarder) {
                listener.listen();
            } catch (InterruptedException e) {
                told.add("stopped");
            } catch (RemoteFailure e) {
                told.add("refused: " + e.getMessage());
            }
        }));
    }

    private final class Notes implements Listener.Audience {
        @Override
        public void connected() {
            told.add("connected");
        }

        @Override
        public void tried(JsonNode event, int attempt, Forwarder.Outcome outcome, @Nullable Duration next) {
            told.add(event.path("event").asText() + " " + attempt + " "
                    + (outcome.status() == null ? outcome.error() : outcome.status()) + " " + next);
        }

        @Override
        public void disconnected(String why, Duration next) {
            told.add("disconnected: " + why);
        }

        @Override
        public void missed(JsonNode gap) {
            told.add("missed");
        }
    }

    private static String connect(Api api, String name) {
        return api.done(
                        "/v1/reports",
                        "{'type':'connected','external_id':'" + name
                                + "','call':{'agent_id':'\u00e4','type':'inbound','from_number':null,'to_number':null,"
                                + "'metadata':{'price':1.50,'big':1e3,'text':'\u20ac'}}}")
                .at("/items/0/events/0")
                .asText();
    }

    @Test
    void anEventArrivesAsAWebhookWould() throws VerificationException {
        try (LiveServer server = new LiveServer(folder)) {
            Api api = server.api();
            api.done("/v1/webhooks", "{'url': '" + local.url() + "webhook', 'events': ['call.started']}");
            listen(api.server(), Set.of(), null, local.url() + "local");
            await().until(() -> told.contains("connected"));
            String event = connect(api, "one");
            await().until(() -> requests.size() == 2);
            String webhook = only("/webhook");
            String forwarded = only("/local");
            assertThat(body(forwarded)).isEqualTo(body(webhook));
            Map<String, String> expected = headers(webhook);
            Map<String, String> headers = headers(forwarded);
            assertThat(headers).containsEntry("webhook-id", event).containsEntry("user-agent", "Ringpost/1.2.3");
            for (String name : List.of("webhook-id", "content-type", "content-length", "ringpost-attempt")) {
                assertThat(headers).containsEntry(name, expected.get(name));
            }
            String secret =
                    Api.json(api.get("/v1/signing-secret")).path("secret").asText();
            new Verifier(WebhookSecret.parse(secret))
                    .verify(
                            headers.get("webhook-id"),
                            headers.get("webhook-timestamp"),
                            headers.get("webhook-signature"),
                            body(forwarded).getBytes(UTF_8));
            await().until(() -> told.contains("call.started 1 204 null"));
        }
    }

    @Test
    void onlyTheEventsThatAreWantedAreForwarded() {
        try (LiveServer server = new LiveServer(folder)) {
            Api api = server.api();
            String before = connect(api, "before");
            listen(api.server(), Set.of("call.ended", "call.failed"), before, local.url());
            String call = Api.json(api.get("/v1/calls?external_id=before"))
                    .at("/items/0/id")
                    .asText();
            api.done("/v1/calls/" + call + "/reports", "{'type':'ended','outcome':null,'summary':null}");
            await().until(() -> requests.size() == 1);
            assertThat(body(requests.getFirst())).contains("call.ended");
        }
    }

    @Test
    void anAnswerIsAnAnswerAndNoneIsTriedAFewTimes() {
        try (LiveServer server = new LiveServer(folder)) {
            Api api = server.api();
            answer = "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n";
            listen(api.server(), Set.of(), null, local.url());
            await().until(() -> told.contains("connected"));
            connect(api, "refused");
            await().until(() -> told.contains("call.started 1 500 null"));
            answer = "";
            connect(api, "silent");
            await().until(() ->
                    told.stream().filter(line -> line.contains("no answer")).count() == 6);
            assertThat(told.getLast()).startsWith("call.started 6 ").endsWith(" null");
            assertThat(requests).hasSize(7);
            assertThat(headers(requests.getLast())).containsEntry("ringpost-attempt", "6");
            answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            connect(api, "fine");
            await().until(() -> told.contains("call.started 1 200 null"));
        }
    }

    /** Also what was fired while nobody was connected. */
    @Test
    void aRestartOfTheServerLosesNothing() {
        List<String> fired = new ArrayList<>();
        int port;
        try (LiveServer server = new LiveServer(folder)) {
            port = server.api().server().getPort();
            listen(server.api().server(), Set.of(), null, local.url());
            await().until(() -> told.contains("connected"));
            fired.add(connect(server.api(), "before"));
        }
        try (LiveServer elsewhere = new LiveServer(folder)) {
            fired.add(connect(elsewhere.api(), "meanwhile"));
        }
        try (LiveServer again = new LiveServer(folder, port)) {
            fired.add(connect(again.api(), "after"));
            await().until(() -> requests.size() >= 3);
            assertThat(requests)
                    .extracting(request -> headers(request).get("webhook-id"))
                    .isEqualTo(fired);
            assertThat(told).anyMatch(line -> line.startsWith("disconnected"));
        }
    }

    @Test
    void aStreamIsResumedOnAServerThatWasRestarted() {
        try (RestartableServer server = new RestartableServer(folder)) {
            StreamClient before = StreamClient.open(server.url(), server.key(), "/v1/events/stream");
            server.connect(3, "first");
            List<Message> seen = new ArrayList<>(before.next(2));
            server.restart();
            server.connect(2, "second");
            StreamClient after = StreamClient.open(
                    server.url(),
                    server.key(),
                    "/v1/events/stream",
                    "Last-Event-ID: " + seen.getLast().id());
            seen.addAll(after.next(3));
            List<String> all = new ArrayList<>();
            server.get("/v1/events", 200)
                    .path("items")
                    .forEach(event -> all.addFirst(event.path("id").asText()));
            assertThat(seen).extracting(Message::id).isEqualTo(all);
            before.close();
            after.close();
        }
    }

    @Test
    void aKeyThatIsRefusedEndsIt() {
        try (LiveServer server = new LiveServer(folder)) {
            String account = server.api()
                    .done("/v1/accounts", "{'name': 'Reader'}")
                    .path("id")
                    .asText();
            String key = server.api()
                    .done("/v1/accounts/" + account + "/keys", "{'scope': 'read'}")
                    .path("key")
                    .asText();
            assertThat(new Terminal(server.api().server(), key).fails(1, "listen", "--forward", local.url()))
                    .contains("A key of scope read may not GET /v1/signing-secret");
        }
    }

    private String only(String path) {
        List<String> found = requests.stream()
                .filter(request -> request.startsWith("POST " + path + " "))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static String body(String request) {
        return new String(
                request.substring(request.indexOf("\r\n\r\n") + 4)
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                UTF_8);
    }

    private static Map<String, String> headers(String request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip()));
        return headers;
    }
}
