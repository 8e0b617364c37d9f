package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.api.connection.ConnectionLimits;
import dev.ringpost.api.stream.StreamLimits;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.id.IdKind;
import dev.ringpost.running.StreamClient;
import dev.ringpost.running.StreamClient.Message;
import dev.ringpost.store.ApiKey.Scope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GET /v1/events/stream and GET /v1/deliveries/stream. */
class StreamApiTest {
    private static final String EVENTS = "/v1/events/stream";
    private static final String ATTEMPTS = "/v1/deliveries/stream";

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    /** A quick heart, and few places. */
    @RegisterExtension
    static final ApiRig narrow = new ApiRig(
            ApiSettings.defaults(),
            ConnectionLimits.standard(),
            new StreamLimits(3, 8, Duration.ofMillis(200), Duration.ofMillis(1), 16 << 20));

    private final ApiClient api = rig.newAccount(Scope.FULL);
    private final List<StreamClient> streams = new ArrayList<>();

    @AfterEach
    void leave() {
        streams.forEach(StreamClient::close);
        await().until(() -> rig.openStreams() + narrow.openStreams() == 0);
    }

    private StreamClient open(ApiClient client, String path, String... headers) {
        StreamClient stream = StreamClient.open(
                URI.create("http://127.0.0.1:" + client.port()), String.valueOf(client.key()), path, headers);
        streams.add(stream);
        return stream;
    }

    /** Connects a new call; the id of its event. */
    private static String connect(ApiClient client, String name) {
        return client.post(
                        "/v1/reports",
                        "{'type': 'connected', 'external_id': '" + name
                                + "', 'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': null, 'to_number': null}}")
                .expect(200)
                .text("/items/0/events/0");
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(message -> String.valueOf(message.id())).toList();
    }

    @Test
    void aStreamBeginsWithWhatComesFromNowOn() {
        connect(api, "before");
        StreamClient stream = open(api, EVENTS);
        assertThat(stream.head())
                .startsWith("HTTP/1.1 200 ")
                .contains(
                        "content-type: text/event-stream; charset=utf-8",
                        "cache-control: no-store",
                        "x-accel-buffering: no",
                        "transfer-encoding: chunked");
        String event = connect(api, "after");
        Message message = stream.next(1).getFirst();
        assertThat(message.id()).isEqualTo(event);
        assertThat(message.event()).isEqualTo("call.started");
        assertThat(message.json())
                .isEqualTo(api.get("/v1/events/" + event).expect(200).json());
    }

    @Test
    void itIsResumedBehindTheMessageThatWasSeenLast() {
        List<String> events =
                IntStream.range(0, 5).mapToObj(i -> connect(api, "r" + i)).toList();
        assertThat(ids(open(api, EVENTS, "Last-Event-ID: " + events.get(1)).next(3)))
                .containsExactlyElementsOf(events.subList(2, 5));
        assertThat(ids(open(api, EVENTS + "?last_event_id=" + events.get(2)).next(2)))
                .containsExactlyElementsOf(events.subList(3, 5));
        String both = EVENTS + "?last_event_id=" + events.get(0);
        assertThat(ids(open(api, both, "Last-Event-ID: " + events.get(3)).next(1)))
                .as("the header is newer")
                .containsExactly(events.get(4));
        StreamClient fromNow = open(api, EVENTS + "?last_event_id=");
        String late = connect(api, "late");
        assertThat(ids(fromNow.next(1))).containsExactly(late);
    }

    @Test
    void sinceGoesBackInTime() {
        List<String> events =
                IntStream.range(0, 3).mapToObj(i -> connect(api, "s" + i)).toList();
        String second = api.get("/v1/events/" + events.get(1)).text("/created_at");
        List<String> seen = ids(open(api, EVENTS + "?since=" + second).next(2));
        assertThat(seen).isSubsetOf(events).endsWith(events.get(2));
        assertThat(ids(open(api, EVENTS + "?since=2020-01-01T00:00:00Z").next(3)))
                .isEqualTo(events);
    }

    @Test
    void itHasTheFiltersOfTheList() {
        StreamClient ended = open(api, EVENTS + "?event=call.ended");
        connect(api, "f1");
        connect(api, "f2");
        String call = api.get("/v1/calls?external_id=f1").text("/items/0/id");
        StreamClient ofCall = open(api, EVENTS + "?since=2020-01-01T00:00:00Z&call_id=" + call);
        api.post("/v1/calls/" + call + "/reports", "{'type': 'ended', 'outcome': null, 'summary': null}")
                .expect(200);
        assertThat(ended.next(1).getFirst().json().path("call_id").asText()).isEqualTo(call);
        assertThat(ofCall.next(2)).extracting(Message::event).containsExactly("call.started", "call.ended");
    }

    @ParameterizedTest
    @CsvSource({
        "?event=call.begun, /event",
        "?since=yesterday, /since",
        "?until=2026-01-01T00:00:00Z, /until",
        "?limit=1, /limit",
        "?cursor=, /cursor",
        "?call_id=wh_1, /call_id",
        "?last_event_id=42, /last_event_id",
        "?last_event_id=evt_000000000000000000000, /last_event_id"
    })
    void whatIsWrongIsAnsweredAtOnce(String query, String pointer) {
        assertThat(api.get(EVENTS + query).expect(422).faults()).containsOnlyKeys(pointer);
    }

    @Test
    void anIdOfAnotherKindIsRefused() {
        String attempt = rig.ids.attempt(rig.numbers.next());
        String refusal = open(api, EVENTS, "Last-Event-ID: " + attempt).head();
        assertThat(refusal).startsWith("HTTP/1.1 422 ");
        String event = rig.ids.event(rig.numbers.next());
        assertThat(open(api, ATTEMPTS, "Last-Event-ID: " + event).head()).startsWith("HTTP/1.1 422 ");
    }

    @Test
    void onlyWhoMayReadGetsOne() {
        long account = rig.newAccountNumber();
        assertThat(rig.client(account, Scope.REPORTS, java.util.Set.of())
                        .get(EVENTS)
                        .expect(403)
                        .problem())
                .isEqualTo("scope");
        assertThat(open(new ApiClient(rig.port, "rp_sk_unknown", 0), EVENTS).head())
                .startsWith("HTTP/1.1 401 ");
        StreamClient reader = open(rig.client(account, Scope.READ, java.util.Set.of()), EVENTS);
        assertThat(reader.head()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anAccountSeesItsOwn() {
        ApiClient other = rig.newAccount(Scope.FULL);
        StreamClient mine = open(api, EVENTS);
        connect(other, "theirs");
        String own = connect(api, "mine");
        assertThat(ids(mine.next(1))).containsExactly(own);
    }

    /** One of a call that was erased, of another account, or that nobody has: it is a place in the order all the same. */
    @Test
    void anIdThatIsNotThereIsAPlaceInTheOrder() {
        String before = connect(api, "x0");
        String erased = connect(api, "x1");
        String after = connect(api, "x2");
        String call = api.get("/v1/events/" + erased).text("/call_id");
        api.post("/v1/calls/" + call + "/stop").expect(200);
        api.delete("/v1/calls/" + call).expect(204);
        assertThat(ids(open(api, EVENTS, "Last-Event-ID: " + erased).next(1))).containsExactly(after);
        assertThat(before).isNotEqualTo(after);
        // As after the restore of an older backup: what comes from now on must not be missed.
        long ahead = rig.numbers.next() + (1L << 40);
        StreamClient fromTheFuture = open(api, EVENTS, "Last-Event-ID: " + rig.ids.event(ahead));
        String next = connect(api, "x3");
        assertThat(ids(fromTheFuture.next(1))).containsExactly(next);
    }

    @Test
    void whatIsNoLongerKeptIsToldAsAGap() {
        String kept = connect(api, "g");
        Duration retention = ApiSettings.defaults().retention();
        Instant longAgo = Instant.now().minus(retention).minus(Duration.ofDays(1));
        String old = rig.ids.event(dev.ringpost.id.NumberSource.firstAt(longAgo));
        List<Message> messages = open(api, EVENTS, "Last-Event-ID: " + old).next(2);
        assertThat(messages.getFirst().event()).isEqualTo("gap");
        assertThat(messages.getFirst().id()).as("it must not move the place").isNull();
        assertThat(messages.getFirst().json().path("last_event_id").asText()).isEqualTo(old);
        assertThat(Instant.parse(messages.getFirst().json().path("kept_since").asText()))
                .isAfter(longAgo);
        assertThat(messages.getLast().id()).isEqualTo(kept);
    }

    @Test
    void theLogIsStreamedAndResumed() {
        String webhook = api.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
        StreamClient log = open(api, ATTEMPTS);
        StreamClient failed = open(api, ATTEMPTS + "?status=failed&webhook_id=" + webhook);
        connect(api, "one");
        connect(api, "two");
        List<Delivery> deliveries = rig.deliveries(api.account());
        rig.succeed(deliveries.get(0), "fine");
        rig.fail(deliveries.get(1));
        List<Message> both = log.next(2);
        assertThat(both).extracting(Message::event).containsOnly("attempt");
        assertThat(both.getFirst().json())
                .isEqualTo(api.get("/v1/deliveries?status=succeeded").json().at("/items/0"));
        assertThat(ids(failed.next(1))).containsExactly(both.getLast().id());
        assertThat(ids(open(api, ATTEMPTS, "Last-Event-ID: " + both.getFirst().id())
                        .next(1)))
                .containsExactly(both.getLast().id());
        assertThat(both.getFirst().id()).startsWith(IdKind.ATTEMPT.prefix());
        api.post("/v1/webhooks/" + webhook + "/test").expect(200);
        assertThat(log.next(1).getFirst().json().path("test").asBoolean()).isTrue();
    }

    @Test
    void aHeadHasTheHeadersOnly() {
        assertThat(api.send("HEAD", EVENTS, java.net.http.HttpRequest.BodyPublishers.noBody())
                        .expect(200)
                        .header("content-type"))
                .startsWith("text/event-stream");
    }

    @Test
    void itSaysNowAndThenThatItLives() {
        StreamClient stream = open(narrow.newAccount(Scope.FULL), EVENTS);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> stream.read())
                        .filter(message -> message != null && message.comment() != null))
                .hasSize(3);
    }

    @Test
    void anAccountHasSoManyAndOthersTheirs() {
        ApiClient greedy = narrow.newAccount(Scope.FULL);
        List<StreamClient> three =
                IntStream.range(0, 3).mapToObj(i -> open(greedy, EVENTS)).toList();
        ApiClient.Answer refused = greedy.get(ATTEMPTS).expect(429);
        assertThat(refused.problem()).isEqualTo("too-many-streams");
        assertThat(refused.header("retry-after")).isEqualTo("2");
        assertThat(open(narrow.newAccount(Scope.FULL), EVENTS).head()).startsWith("HTTP/1.1 200 ");
        three.getFirst().close();
        await().until(() -> {
            StreamClient again = open(greedy, EVENTS);
            return again.head().startsWith("HTTP/1.1 200 ");
        });
    }

    @Test
    void allTogetherHaveABound() {
        int opened = 0;
        for (int i = 0; i < 8; i++) {
            ApiClient client = narrow.newAccount(Scope.FULL);
            for (int j = 0; j < 3; j++) {
                opened += open(client, EVENTS).head().startsWith("HTTP/1.1 200 ") ? 1 : 0;
            }
        }
        assertThat(opened).isBetween(5, 8);
        assertThat(narrow.openStreams()).isEqualTo(opened);
    }

    @Test
    void aRefusedOneLeavesNoPlaceTaken() {
        ApiClient client = narrow.newAccount(Scope.FULL);
        for (int i = 0; i < 20; i++) {
            client.get(EVENTS + "?event=none").expect(422);
            client.send("HEAD", EVENTS, java.net.http.HttpRequest.BodyPublishers.noBody())
                    .expect(200);
        }
        assertThat(open(client, EVENTS).head()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void itEndsWhenItsKeyIsRevoked() {
        ApiClient operator = rig.operator();
        String account = rig.ids.format(IdKind.ACCOUNT, api.account());
        ApiClient.Answer made = operator.post("/v1/accounts/" + account + "/keys", "{'scope': 'read'}")
                .expect(201);
        StreamClient revoked = open(new ApiClient(rig.port, made.text("/key"), api.account()), EVENTS);
        StreamClient other = open(api, EVENTS);
        operator.delete("/v1/accounts/" + account + "/keys/" + made.text("/id")).expect(204);
        assertThat(revoked.next()).as("the end").isNull();
        String event = connect(api, "after");
        assertThat(ids(other.next(1))).containsExactly(event);
    }

    @Test
    void itEndsWithItsAccount() {
        ApiClient operator = rig.operator();
        ApiClient.Answer made =
                operator.post("/v1/accounts", "{'name': 'Gone'}").expect(201);
        StreamClient stream = open(operator, EVENTS, "ringpost-account: " + made.text("/id"));
        operator.delete("/v1/accounts/" + made.text("/id")).expect(204);
        assertThat(stream.next()).as("the end").isNull();
    }

    /** However commits are cut and whoever draws numbers meanwhile: in the order of commits nothing is passed over. */
    @Test
    void nothingIsPassedOverWhileManyReportAtOnce() {
        StreamClient stream = open(narrowClient, EVENTS);
        List<CompletableFuture<List<String>>> reporters = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 100)
                        .mapToObj(j -> {
                            narrow.numbers.next();
                            return connect(narrowClient, "many-" + i + "-" + j);
                        })
                        .toList()))
                .toList();
        List<String> seen = ids(stream.next(800));
        assertThat(seen).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(reporters.stream()
                        .flatMap(reporter -> reporter.join().stream())
                        .toList());
    }

    private final ApiClient narrowClient = narrow.newAccount(Scope.FULL);

    @Test
    void aNumberThatWasDrawnBeforeTheCommitOfAnotherIsNotPassedOver() {
        StreamClient stream = open(api, EVENTS);
        Runnable release = rig.holdWriter();
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> connect(api, "held"));
        // Drawn while the event waits for its commit; it must get a later one all the same.
        long drawn = rig.numbers.next();
        release.run();
        String event = waiting.join();
        assertThat(ids(stream.next(1))).containsExactly(event);
        assertThat(rig.ids.parse(IdKind.EVENT, event).orElseThrow()).isGreaterThan(drawn);
    }
}
