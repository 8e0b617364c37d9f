package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every endpoint: keys, scopes, methods, media types, bad JSON. */
class ConventionsTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @Test
    void withoutAKnownKeyNothingIsAnswered() {
        URI uri = URI.create("http://127.0.0.1:" + rig.port + "/v1/webhooks");
        Answer none = api.send(HttpRequest.newBuilder(uri).build());
        assertThat(none.expect(401).problem()).isEqualTo("unauthorized");
        assertThat(none.header("www-authenticate")).startsWith("Bearer");
        api.send(HttpRequest.newBuilder(uri)
                        .header("authorization", "Bearer rp_sk_unknown")
                        .build())
                .expect(401);
    }

    @Test
    void aScopeAllowsNoMoreThanItSays() {
        ApiClient reports = rig.client(api.account(), Scope.REPORTS, Set.of());
        ApiClient read = rig.client(api.account(), Scope.READ, Set.of());
        ApiClient manage = rig.client(api.account(), Scope.MANAGE, Set.of());
        String call = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        String connected = "{'type': 'connected'}";
        assertThat(read.post("/v1/calls/" + call + "/reports", connected)
                        .expect(403)
                        .problem())
                .isEqualTo("scope");
        manage.post("/v1/calls/" + call + "/reports", connected).expect(403);
        reports.post("/v1/calls/" + call + "/reports", connected).expect(200);
        reports.get("/v1/calls/" + call).expect(200);
        reports.get("/v1/webhooks").expect(403);
        read.get("/v1/webhooks").expect(200);
        read.get("/v1/signing-secret").expect(403);
        read.delete("/v1/webhooks/wh_x").expect(403);
    }

    @Test
    void aWrongMethodNamesTheRightOnes() {
        Answer refused = api.delete("/v1/webhooks").expect(405);
        assertThat(refused.header("allow")).contains("GET").contains("POST");
    }

    @Test
    void onlyJsonIsRead() {
        Answer refused = api.send("POST", "/v1/calls/web", BodyPublishers.ofString("x"), "content-type", "text/plain");
        refused.expect(415);
    }

    @Test
    void aBodyOverItsLimitIsRefused() {
        api.post("/v1/calls/web", "{'agent_id': '" + "x".repeat(300_000) + "'}").expect(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'agent_id': 'a'",
                "{'agent_id': 'a', 'agent_id': 'b'}",
                "{'agent_id': 'a'} x",
                "{'agent_id': NaN}",
                "",
                "\u0000",
                "{'agent_id': 'a', 'metadata': {'n': 1e}}"
            })
    void badJsonIsA400(String body) {
        assertThat(api.post("/v1/calls/web", body).expect(400).problem()).isEqualTo("malformed-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{'agent_id': 'a\\u0000b'}",
                "{'agent_id': 1e400}",
                "{'agent_id': ['a']}",
                "{'agent_id': 'a', 'scheduled_at': '+1000000000-12-31T23:59:59Z'}"
            })
    void aBadFieldIsA422(String body) {
        assertThat(api.post("/v1/calls/web", body).expect(422).problem()).isEqualTo("validation");
    }

    @Test
    void deepJsonIsRefused() {
        String deep = "{'agent_id': 'a', 'metadata': {'d': " + "[".repeat(5000) + "]".repeat(5000) + "}}";
        assertThat(api.post("/v1/calls/web", deep).status()).isBetween(400, 422);
    }

    @Test
    void whatIsNotThereIsA404() {
        assertThat(api.get("/v1/calls/call_nope").expect(404).problem()).isEqualTo("not-found");
        api.get("/v1/nothing").expect(404);
    }

    @Test
    void healthNeedsNoKey() {
        for (String path : new String[] {"/healthz", "/readyz"}) {
            api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port + path))
                            .build())
                    .expect(200);
        }
    }
}
