package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.running.Api;
import dev.ringpost.running.LocalEndpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ringpost webhooks|deliveries|calls|trigger} against a server that runs. */
@SuppressWarnings("NullAway.Init") // set before all tests
class RemoteCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static LiveServer server;
    private static LocalEndpoint endpoint;
    private static Terminal terminal;

    @BeforeAll
    static void start() {
        server = new LiveServer(folder);
        endpoint = new LocalEndpoint();
        terminal = new Terminal(server.api().server(), LiveServer.KEY);
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        server.close();
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    private static String webhook(String path, String events) throws Exception {
        return json(terminal.does("webhooks", "create", "--url", endpoint.url(path), "--events", events, "--json"))
                .path("id")
                .asText();
    }

    private static String find(String text, String prefix) {
        Matcher id = Pattern.compile(prefix + "_[0-9a-z]+").matcher(text);
        assertThat(id.find()).as(text).isTrue();
        return id.group();
    }

    @Test
    void aWebhooksLife() throws Exception {
        String created = terminal.does(
                "webhooks",
                "create",
                "--url",
                endpoint.url("/life"),
                "--events",
                "call.started, call.ended",
                "--name",
                "Life",
                "--set",
                "rate_limit=50",
                "--set",
                "retry_schedule=[1,2]");
        assertThat(created).containsPattern("secret +whsec_").containsPattern("retry_schedule +1,2\n");
        String id = find(created, "wh");
        assertThat(terminal.table("webhooks", "list"))
                .anySatisfy(row -> assertThat(row)
                        .containsExactly(
                                id, "Life", "active", "idle", "0", endpoint.url("/life"), "call.started,call.ended"));
        assertThat(terminal.does("webhooks", "pause", id)).containsPattern("status +inactive");
        assertThat(terminal.does("webhooks", "list", "--status", "inactive")).contains(id);
        assertThat(terminal.does("webhooks", "resume", id)).containsPattern("status +active");
        assertThat(terminal.does("webhooks", "update", id, "--name", "Renamed", "--events", "call.failed"))
                .containsPattern("name +Renamed")
                .containsPattern("events +call.failed");
        assertThat(terminal.does("webhooks", "test", id)).containsPattern("status +succeeded");
        assertThat(terminal.does("webhooks", "rotate-secret", id, "--overlap-seconds", "0"))
                .containsPattern("secret +whsec_");
        assertThat(json(terminal.does("webhooks", "get", id, "--json")))
                .isEqualTo(Api.json(server.api().get("/v1/webhooks/" + id)));
        assertThat(terminal.does("webhooks", "delete", id)).isEmpty();
        assertThat(terminal.fails(1, "webhooks", "get", id))
                .isEqualTo("ringpost: There is no such webhook in this account");
    }

    @Test
    void aTestThatTheReceiverRefusesIsAFailure() throws Exception {
        String id = webhook("/500", "call.started");
        assertThat(terminal.run("webhooks", "test", id, "--event", "call.ended"))
                .isEqualTo(1);
        terminal.does("webhooks", "delete", id);
    }

    @Test
    void whatWasTriggeredIsDeliveredLoggedAndSentAgain() throws Exception {
        String id = webhook("/sent", "call.ended");
        String said = terminal.does("trigger", "call.ended", "--external-id", "sample-1");
        String call = find(said, "call");
        assertThat(said).contains("evt_", endpoint.url("/sent"), "succeeded");
        assertThat(endpoint.received("/sent").getFirst().body()).contains("\"outcome\":\"booked\"");
        assertThat(terminal.table("calls", "list", "--external-id", "sample-1").get(1))
                .contains(call, "sample-1", "ringpost-trigger", "inbound", "completed");
        assertThat(terminal.does("calls", "get", call)).containsPattern("external_id +sample-1");
        assertThat(terminal.table("calls", "events", call))
                .extracting(row -> row.get(2))
                .containsExactly("EVENT", "call.analyzed", "call.ended", "call.started");
        String list = terminal.does("deliveries", "list", "--call", call, "--since", "1h", "--json");
        assertThat(list.lines()).hasSize(1);
        String delivery = json(list).path("delivery_id").asText();
        assertThat(terminal.does("deliveries", "retry", delivery)).contains(delivery);
        await().untilAsserted(() -> assertThat(terminal.table("deliveries", "get", delivery).reversed().stream()
                        .filter(row -> row.contains("succeeded"))
                        .count())
                .isGreaterThanOrEqualTo(2));
        assertThat(terminal.does("calls", "erase", call)).isEmpty();
        assertThat(terminal.fails(1, "calls", "get", call)).contains("no such call");
        terminal.does("webhooks", "delete", id);
    }

    @Test
    void aReplayIsWaitedFor() throws Exception {
        String id = webhook("/replayed", "call.started");
        terminal.does("trigger", "call.started", "--external-id", "again");
        String job = terminal.does("webhooks", "replay", id, "--since", "10m", "--only", "all");
        assertThat(job).containsPattern("status +done").containsPattern("succeeded +[1-9]");
        assertThat(endpoint.received("/replayed")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(json(terminal.does("webhooks", "replay", id, "--since", "10m", "--no-wait", "--json"))
                        .path("id")
                        .asText())
                .startsWith("rpl_");
        String call = json(terminal.does("calls", "list", "--external-id", "again", "--json"))
                .path("id")
                .asText();
        assertThat(terminal.does("calls", "stop", call)).containsPattern("status +completed");
        terminal.does("webhooks", "delete", id);
    }

    @ParameterizedTest
    @CsvSource({
        "call.started, call.started",
        "call.ended, call.started call.ended call.analyzed",
        "call.analyzed, call.started call.ended call.analyzed",
        "call.failed, call.failed",
        "call.recording.available, call.started call.ended call.recording.available",
        "transcript.partial, call.started transcript.partial",
        "transcript.final, call.started call.ended transcript.final"
    })
    void everyEventCanBeTriggered(String event, String fired) throws Exception {
        JsonNode answer = json(terminal.does("trigger", event, "--external-id", "each-" + event, "--json"));
        String call = answer.at("/items/0/call_id").asText();
        String events = String.join(
                " ",
                terminal.table("calls", "events", call).reversed().stream()
                        .map(row -> row.get(2))
                        .filter(name -> name.contains("."))
                        .toList());
        assertThat(events).isEqualTo(fired);
    }

    @Test
    void aListIsReadToItsEnd() {
        for (int i = 0; i < 3; i++) {
            terminal.does("trigger", "call.failed", "--external-id", "many-" + i);
        }
        assertThat(terminal.does("calls", "list", "--limit", "2", "--json").lines())
                .hasSize(2);
        assertThat(terminal.does("calls", "list", "--agent", "ringpost-trigger", "--limit", "1000", "--json")
                        .lines()
                        .count())
                .isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            webhooks get wh_x                                | 1 | There is no such webhook in this account
            webhooks create --url ftp://x --events call.begun | 1 | url
            webhooks create --url https://x                  | 2 | Missing required option: '--events=EVENTS'
            webhooks create --url a --events b --set c       | 2 | --set: "c" is not FIELD=VALUE
            webhooks lst                                     | 2 | there is no lst; did you mean list?
            webhooks list --statsu active                    | 2 | there is no --statsu; did you mean --status?
            webhooks list --limit 0                          | 2 | --limit: "0" is not a whole number
            deliveries list --status good                    | 1 | status must be one of
            deliveries list --since yesterday                | 2 | --since: "yesterday" is not a time
            calls get                                        | 2 | Missing required parameter
            trigger call.begun                               | 2 | EVENT: there is no event "call.begun"
            listen --forward ftp://x                         | 2 | --forward: "ftp://x" is not
            listen --forward http://x --events call.ende     | 2 | did you mean call.ended?
            listen --forward http://x --secret abc           | 2 | --secret:
            webhooks list --server nowhere                   | 2 | --server: "nowhere" is not an http or https URL
            webhooks list --server http://127.0.0.1:1        | 1 | can't be reached (nothing answers there)
            webhooks list --key rp_sk_unknown                | 1 | This key is unknown or was revoked
            webhooks list --account acct_x                   | 1 | There is no account as ringpost-account names
            """)
    void whatIsWrongIsSaidInOneLine(String words, int code, String line) {
        assertThat(terminal.fails(code, words.split(" ", -1)))
                .startsWith("ringpost: ")
                .contains(line);
    }

    @Test
    void withoutAKeyNothingIsAsked() {
        assertThat(new Terminal(Map.of()).fails(2, "webhooks", "list"))
                .isEqualTo("ringpost: there is no API key: set RINGPOST_KEY in the environment, or give --key");
    }
}
