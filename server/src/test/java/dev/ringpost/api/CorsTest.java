package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a browser is told about pages of other origins. */
class CorsTest {
    private static final String APP = "https://app.example.com";

    @RegisterExtension
    static final ApiRig off = new ApiRig();

    @RegisterExtension
    static final ApiRig on = new ApiRig(ApiRig.withCors(Set.of(APP, "http://localhost:3000")));

    @RegisterExtension
    static final ApiRig any = new ApiRig(ApiRig.withCors(Set.of("*")));

    @Test
    void offNothingIsSaidOfIt() {
        Answer preflight = preflight(off, "/v1/calls/web", APP).expect(405);
        assertThat(preflight.header("allow")).isEqualTo("POST");
        assertNoCors(preflight);
        assertNoCors(get(off, "/v1/calls", APP).expect(200));
    }

    @Test
    void aPreflightTellsWhatThePathTakes() {
        Answer answer = preflight(on, "/v1/webhooks/wh_x", APP).expect(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(APP);
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
        assertThat(answer.header("access-control-allow-headers"))
                .isEqualTo("authorization, content-type, idempotency-key, last-event-id, ringpost-account");
        assertThat(answer.header("access-control-max-age")).isEqualTo("7200");
        assertThat(answer.header("vary")).isEqualTo("origin");
        assertThat(answer.header("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void answersAndErrorsAreMarked() {
        Answer made = on.newAccount(Scope.FULL)
                .send(
                        "POST",
                        "/v1/calls/web",
                        BodyPublishers.ofString("{\"agent_id\": \"a\"}"),
                        "origin",
                        "http://localhost:3000")
                .expect(201);
        assertThat(made.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
        assertThat(made.header("access-control-expose-headers"))
                .isEqualTo("location, retry-after, idempotent-replayed");
        Answer refused = new ApiClient(on.port, null, 0)
                .send("GET", "/v1/calls", BodyPublishers.noBody(), "origin", APP)
                .expect(401);
        assertThat(refused.header("access-control-allow-origin")).isEqualTo(APP);
        assertThat(get(on, "/v1/nothing", APP).expect(404).header("access-control-allow-origin"))
                .isEqualTo(APP);
        assertThat(get(on, "/v1/calls/web", APP).expect(405).header("access-control-allow-origin"))
                .isEqualTo(APP);
    }

    @Test
    void anotherOriginIsToldNothing() {
        for (String origin : new String[] {"https://evil.example", "https://app.example.com.evil.example", "null"}) {
            Answer preflight = preflight(on, "/v1/calls", origin).expect(204);
            assertThat(preflight.header("access-control-allow-origin")).isEmpty();
            assertThat(preflight.header("access-control-allow-methods")).isEmpty();
            assertThat(preflight.header("vary")).isEqualTo("origin");
            assertThat(get(on, "/v1/calls", origin).expect(200).header("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void everyOriginMayCallWhatNeedsAKeyAndNothingElse() {
        assertThat(get(any, "/v1/calls", "https://x.example").expect(200).header("access-control-allow-origin"))
                .isEqualTo("*");
        assertNoCors(get(any, "/healthz", "https://x.example").expect(200));
        preflight(any, "/healthz", APP).expect(405);
    }

    private static Answer get(ApiRig rig, String path, String origin) {
        return rig.operator().send("GET", path, BodyPublishers.noBody(), "origin", origin);
    }

    private static Answer preflight(ApiRig rig, String path, String origin) {
        return new ApiClient(rig.port, null, 0)
                .send(
                        "OPTIONS",
                        path,
                        BodyPublishers.noBody(),
                        "origin",
                        origin,
                        "access-control-request-method",
                        "POST",
                        "access-control-request-headers",
                        "authorization,content-type");
    }

    private static void assertNoCors(Answer answer) {
        assertThat(answer.http().headers().map().keySet())
                .noneMatch(name -> name.startsWith("access-control-") || name.equals("vary"));
    }
}
