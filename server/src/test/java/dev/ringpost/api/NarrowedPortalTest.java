package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Operation;
import dev.ringpost.running.StreamClient;
import dev.ringpost.store.ApiKey.Scope;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a portal link with a webhook_scope sees and does, for every operation that there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NarrowedPortalTest {
    /** What is left of an operation. */
    private enum Left {
        /** 403, whatever it is about. */
        NOTHING,
        /** It is about no webhook. */
        ALL,
        /** Its list has what is of the link's webhooks, and nothing else. */
        LIST,
        /** As {@link #LIST}, and it does not end. */
        STREAM,
        /** What is of the link's webhooks is there, and anything else is a 404. */
        OWN,
        /** As {@link #OWN}, for a link that manages. */
        OWN_TO_MANAGE
    }

    private static final Map<String, Left> TABLE = table();

    /** Bodies that are good enough to come as far as the thing. */
    private static final Map<String, String> BODIES = Map.of(
            "PATCH /v1/webhooks/{id}", "{'name': 'mine'}",
            "POST /v1/webhooks/{id}/replay", "{'since': '2026-01-01T00:00:00Z'}");

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient maker = rig.newAccount(Scope.FULL);

    private static Map<String, Left> table() {
        Map<String, Left> table = new HashMap<>();
        put(table, Left.ALL, "GET /healthz", "GET /readyz", "GET /metrics", "GET /openapi.yaml", "GET /v1/key");
        put(table, Left.LIST, "GET /v1/webhooks", "GET /v1/deliveries");
        put(table, Left.STREAM, "GET /v1/deliveries/stream");
        put(
                table,
                Left.OWN,
                "GET /v1/webhooks/{id}",
                "GET /v1/webhooks/{id}/deliveries",
                "GET /v1/webhooks/{id}/waiting",
                "GET /v1/deliveries/{id}",
                "GET /v1/replays/{id}");
        put(
                table,
                Left.OWN_TO_MANAGE,
                "PATCH /v1/webhooks/{id}",
                "DELETE /v1/webhooks/{id}",
                "POST /v1/webhooks/{id}/test",
                "GET /v1/webhooks/{id}/secret",
                "POST /v1/webhooks/{id}/rotate-secret",
                "POST /v1/webhooks/{id}/replay",
                "DELETE /v1/replays/{id}",
                "POST /v1/deliveries/{id}/retry");
        put(
                table,
                Left.NOTHING,
                "POST /v1/webhooks",
                "POST /v1/portal-links",
                "GET /v1/signing-secret",
                "POST /v1/signing-secret/rotate",
                "POST /v1/calls",
                "POST /v1/calls/web",
                "GET /v1/calls",
                "GET /v1/calls/{id}",
                "PATCH /v1/calls/{id}",
                "DELETE /v1/calls/{id}",
                "POST /v1/calls/{id}/stop",
                "GET /v1/calls/{id}/events",
                "GET /v1/calls/{id}/deliveries",
                "POST /v1/calls/{id}/reports",
                "POST /v1/reports",
                "GET /v1/events",
                "GET /v1/events/{id}",
                "GET /v1/events/stream",
                "GET /v1/stats",
                "POST /v1/accounts",
                "GET /v1/accounts",
                "GET /v1/accounts/{id}",
                "DELETE /v1/accounts/{id}",
                "POST /v1/accounts/{id}/keys",
                "GET /v1/accounts/{id}/keys",
                "DELETE /v1/accounts/{id}/keys/{key_id}");
        return table;
    }

    private static void put(Map<String, Left> table, Left left, String... operations) {
        for (String operation : operations) {
            table.put(operation, left);
        }
    }

    /** A webhook with a delivery and a replay. */
    private record Used(String webhook, String delivery, String replay) {
        String idFor(Operation operation) {
            if (operation.path().startsWith("/v1/deliveries")) {
                return delivery;
            }
            return operation.path().startsWith("/v1/replays") ? replay : webhook;
        }
    }

    private Used newWebhook() {
        String webhook = maker.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
        String path = "/v1/webhooks/" + webhook;
        return new Used(
                webhook,
                maker.post(path + "/test").expect(200).text("/delivery_id"),
                maker.post(path + "/replay", "{'since': '2026-01-01T00:00:00Z'}")
                        .expect(202)
                        .text("/id"));
    }

    private ApiClient linkTo(String access, Used... webhooks) {
        List<String> ids = java.util.Arrays.stream(webhooks)
                .map(used -> "'" + used.webhook() + "'")
                .toList();
        return rig.portalLink(maker, "{'access': '" + access + "', 'webhook_scope': " + ids + "}");
    }

    @Test
    void everyOperationIsInTheTable() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        rig.operations().stream().map(Operation::toString).toList());
    }

    @Test
    void everyOperationIsNarrowedAsTheTableSays() {
        Used other = newWebhook();
        for (Operation operation : rig.operations()) {
            Used own = newWebhook();
            ApiClient reads = linkTo("read", own);
            ApiClient manages = linkTo("manage", own);
            switch (TABLE.getOrDefault(operation.toString(), Left.NOTHING)) {
                case NOTHING -> {
                    refuses(operation, reads, own);
                    refuses(operation, manages, own);
                }
                case ALL -> {
                    does(operation, reads, own);
                    does(operation, manages, own);
                }
                case LIST -> {
                    lists(operation, reads, own);
                    lists(operation, manages, own);
                }
                case STREAM -> {
                    streams(operation, reads, own);
                    streams(operation, manages, own);
                }
                case OWN -> {
                    does(operation, reads, own);
                    doesNotKnow(operation, reads, other);
                    does(operation, manages, own);
                    doesNotKnow(operation, manages, other);
                }
                case OWN_TO_MANAGE -> {
                    refuses(operation, reads, own);
                    refuses(operation, reads, other);
                    doesNotKnow(operation, manages, other);
                    does(operation, manages, own);
                }
            }
            // Done with: an account has so many replays at once.
            maker.delete("/v1/replays/" + own.replay());
        }
        maker.get("/v1/webhooks/" + other.webhook()).expect(200);
    }

    private static void refuses(Operation operation, ApiClient link, Used used) {
        Answer answer = send(operation, link, used.idFor(operation));
        assertThat(answer.status() + " " + answer.problem())
                .as(operation.toString())
                .isEqualTo("403 scope");
    }

    private static void does(Operation operation, ApiClient link, Used used) {
        assertThat(send(operation, link, used.idFor(operation)).status())
                .as(operation.toString())
                .isNotIn(401, 403, 404);
    }

    private static void doesNotKnow(Operation operation, ApiClient link, Used other) {
        String id = other.idFor(operation);
        Answer others = send(operation, link, id);
        Answer unknown = send(operation, link, id.substring(0, id.length() - 4) + "zzzz");
        assertThat(others.status()).as(operation.toString()).isEqualTo(404);
        assertThat(others.http().body())
                .as(operation.toString())
                .isEqualTo(unknown.http().body());
    }

    private static void lists(Operation operation, ApiClient link, Used own) {
        for (String page : List.of("", "?cursor=")) {
            Answer answer = link.get(operation.path() + page).expect(200);
            assertThat(answer.json().get("items")).as(operation.toString()).hasSize(1);
            assertThat(answer.http().body()).contains(own.webhook());
        }
    }

    /** What went to another webhook is older, and would come first. */
    private static void streams(Operation operation, ApiClient link, Used own) {
        try (StreamClient stream = StreamClient.open(
                URI.create("http://127.0.0.1:" + link.port()),
                String.valueOf(link.key()),
                operation.path() + "?since=1970-01-01T00:00:00Z")) {
            assertThat(stream.next(1).getFirst().json().path("webhook_id").asText())
                    .isEqualTo(own.webhook());
        }
    }

    private static Answer send(Operation operation, ApiClient client, String id) {
        // A stream that is let in would not end: it is refused for this.
        String query = operation.isStream() ? "?unknown" : "";
        String path = operation.path().replace(":id", id).replace(":key_id", "unknown") + query;
        String method = operation.method().name();
        boolean bare = method.equals("GET") || method.equals("DELETE");
        String body = BODIES.getOrDefault(operation.toString(), "{}");
        return client.send(
                method, path, bare ? BodyPublishers.noBody() : BodyPublishers.ofString(ApiClient.quoted(body)));
    }

    @Test
    void listsOfSeveralWebhooksArePagedAsOne() {
        Used first = newWebhook();
        newWebhook();
        Used third = newWebhook();
        maker.post("/v1/webhooks/" + first.webhook() + "/test").expect(200);
        ApiClient link = linkTo("read", first, third);

        Answer deliveries = link.get("/v1/deliveries?limit=2").expect(200);
        assertThat(deliveries.json().findValuesAsText("webhook_id")).containsExactly(first.webhook(), third.webhook());
        assertThat(deliveries.text("/total")).isEqualTo("3");
        Answer start = link.get("/v1/deliveries?limit=2&cursor=").expect(200);
        assertThat(start.json().findValuesAsText("webhook_id")).containsExactly(first.webhook(), third.webhook());
        Answer rest = link.get("/v1/deliveries?limit=2&cursor=" + start.text("/next_cursor"))
                .expect(200);
        assertThat(rest.json().findValuesAsText("delivery_id")).containsExactly(first.delivery());
        assertThat(rest.text("/has_more")).isEqualTo("false");

        Answer webhooks = link.get("/v1/webhooks?limit=1").expect(200);
        assertThat(webhooks.text("/items/0/id")).isEqualTo(third.webhook());
        assertThat(webhooks.text("/total")).isEqualTo("2");
        Answer before = link.get("/v1/webhooks?limit=1&cursor=").expect(200);
        Answer after = link.get("/v1/webhooks?limit=1&cursor=" + before.text("/next_cursor"))
                .expect(200);
        assertThat(after.text("/items/0/id")).isEqualTo(first.webhook());
        assertThat(link.get("/v1/webhooks?status=inactive").expect(200).json().get("items"))
                .isEmpty();
        assertThat(link.get("/v1/webhooks?kind=call").expect(200).json().get("items"))
                .isEmpty();
    }

    @Test
    void noFilterAndNoCursorLeadsOut() {
        Used own = newWebhook();
        Used other = newWebhook();
        ApiClient link = linkTo("read", own);
        assertThat(link.get("/v1/deliveries?webhook_id=" + other.webhook())
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();
        String cursor = maker.get("/v1/deliveries?limit=1&webhook_id=" + other.webhook() + "&cursor=")
                .expect(200)
                .text("/next_cursor");
        String ofAll = maker.get("/v1/deliveries?limit=1&cursor=").expect(200).text("/next_cursor");
        assertThat(cursor).isEqualTo("null");
        assertThat(link.get("/v1/deliveries?cursor=" + ofAll).expect(200).json().findValuesAsText("webhook_id"))
                .containsOnly(own.webhook());
    }
}
