package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Operation;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another account's things are never found, and never told apart from what there isn't, whatever is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
    /** Bodies that are good enough to come as far as the thing. */
    private static final Map<String, String> BODIES = Map.of(
            "PATCH /v1/webhooks/{id}", "{'name': 'mine'}",
            "PATCH /v1/calls/{id}", "{'outcome': 'mine'}",
            "POST /v1/calls/{id}/reports", "{'type': 'connected'}",
            "POST /v1/webhooks/{id}/replay", "{'since': '2026-01-01T00:00:00Z'}",
            "POST /v1/accounts/{id}/keys", "{'scope': 'read'}");

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient owner = rig.newAccount(Scope.FULL);
    private final ApiClient other = rig.newAccount(Scope.FULL);
    private String webhook = "";
    private String call = "";
    private String event = "";
    private String delivery = "";

    @BeforeAll
    void theOwnerHasOneOfEach() {
        webhook = owner.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
        call = owner.post("/v1/calls/web", "{'agent_id': 'a', 'external_id': 'theirs'}")
                .expect(201)
                .text("/id");
        event = owner.post("/v1/calls/" + call + "/reports", "{'type': 'connected'}")
                .expect(200)
                .text("/events/0");
        rig.succeed(rig.deliveries(owner.account()).getFirst(), "ok");
        delivery = owner.get("/v1/deliveries").expect(200).text("/items/0/delivery_id");
    }

    @Test
    void anothersIdIsLikeAnUnknownOne() {
        for (Operation operation : rig.operations()) {
            if (operation.path().contains(":id") && operation.access() != Access.OPERATING) {
                Answer theirs = send(operation, idOf(operation));
                Answer unknown = send(operation, unknownLike(operation));
                assertThat(theirs.status()).as(operation.toString()).isEqualTo(404);
                assertThat(theirs.http().body())
                        .as(operation.toString())
                        .isEqualTo(unknown.http().body());
                assertThat(headers(theirs)).as(operation.toString()).isEqualTo(headers(unknown));
            }
        }
        assertThat(owner.get("/v1/webhooks/" + webhook).expect(200).text("/name"))
                .isEqualTo("a.example");
        assertThat(owner.get("/v1/calls/" + call).expect(200).text("/outcome")).isEqualTo("null");
        assertThat(owner.get("/v1/webhooks/" + webhook + "/deliveries")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void listsNeverShowAnothers() {
        for (Operation operation : rig.operations()) {
            // Statistics have an item for each interval, whoever asks: StatsApiTest looks at what is in them.
            boolean isOfRows = !operation.path().equals("/v1/stats");
            boolean lists = operation.isList() && isOfRows && !operation.path().contains(":id");
            if (lists && operation.access() != Access.OPERATING) {
                String path = operation.path();
                assertThat(owner.get(path).expect(200).json().get("items"))
                        .as(path)
                        .isNotEmpty();
                assertThat(other.get(path).expect(200).json().get("items"))
                        .as(path)
                        .isEmpty();
                assertThat(other.get(path + "?cursor=").expect(200).json().get("items"))
                        .as(path)
                        .isEmpty();
            }
        }
        for (String filtered : new String[] {
            "/v1/deliveries?webhook_id=" + webhook,
            "/v1/deliveries?call_id=" + call,
            "/v1/deliveries?event_id=" + event,
            "/v1/events?call_id=" + call,
            "/v1/calls?external_id=theirs"
        }) {
            assertThat(owner.get(filtered).expect(200).json().get("items"))
                    .as(filtered)
                    .isNotEmpty();
            assertThat(other.get(filtered).expect(200).json().get("items"))
                    .as(filtered)
                    .isEmpty();
        }
    }

    @Test
    void aReportNeverReachesAnothersCall() {
        String unknown = rig.ids.format(IdKind.CALL, rig.numbers.next());
        Answer byId = other.post(
                "/v1/reports",
                "[{'type': 'ended', 'call_id': '" + call + "'}, {'type': 'ended', 'call_id': '" + unknown
                        + "'}, {'type': 'ended', 'external_id': 'theirs'}]");
        assertThat(byId.expect(200).json().at("/items/0/error/status").asInt()).isEqualTo(404);
        assertThat(byId.json().at("/items/0")).isEqualTo(byId.json().at("/items/1"));
        assertThat(byId.json().at("/items/0")).isEqualTo(byId.json().at("/items/2"));
        assertThat(owner.get("/v1/calls/" + call).text("/status")).isEqualTo("in_progress");
    }

    private Answer send(Operation operation, String id) {
        String body = BODIES.getOrDefault(operation.toString(), "{}");
        String method = operation.method().name();
        boolean bare = method.equals("GET") || method.equals("DELETE");
        return other.send(
                method,
                operation.path().replace(":id", id),
                bare ? BodyPublishers.noBody() : BodyPublishers.ofString(ApiClient.quoted(body)));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        return answer.http().headers().map();
    }

    private String idOf(Operation operation) {
        return switch (kind(operation)) {
            case WEBHOOK -> webhook;
            case CALL -> call;
            case EVENT -> event;
            case DELIVERY -> delivery;
            default -> unknownLike(operation);
        };
    }

    private static String unknownLike(Operation operation) {
        IdKind kind = kind(operation);
        long no = rig.numbers.next();
        return kind == IdKind.DELIVERY ? rig.ids.format(kind, no, no) : rig.ids.format(kind, no);
    }

    private static IdKind kind(Operation operation) {
        return switch (operation.path().split("/", -1)[2]) {
            case "webhooks" -> IdKind.WEBHOOK;
            case "calls" -> IdKind.CALL;
            case "events" -> IdKind.EVENT;
            case "deliveries" -> IdKind.DELIVERY;
            case "replays" -> IdKind.REPLAY;
            default -> throw new AssertionError("What kind of id is in " + operation + "?");
        };
    }
}
