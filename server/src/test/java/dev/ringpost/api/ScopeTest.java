package dev.ringpost.api;

import static dev.ringpost.store.ApiKey.Scope.FULL;
import static dev.ringpost.store.ApiKey.Scope.MANAGE;
import static dev.ringpost.store.ApiKey.Scope.OPERATOR;
import static dev.ringpost.store.ApiKey.Scope.READ;
import static dev.ringpost.store.ApiKey.Scope.REPORTS;
import static dev.ringpost.store.ApiKey.Scope.WEB_CALLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Operation;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: section 7 of the contract, for every operation that there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopeTest {
    private static final Set<Scope> NOBODY_ELSE = Set.of(OPERATOR);
    private static final Set<Scope> MANAGERS = Set.of(OPERATOR, FULL, MANAGE);
    private static final Set<Scope> LINKERS = Set.of(OPERATOR, FULL);
    private static final Set<Scope> READERS = Set.of(OPERATOR, FULL, MANAGE, READ);
    private static final Set<Scope> CALL_READERS = Set.of(OPERATOR, FULL, MANAGE, READ, REPORTS);
    private static final Set<Scope> REPORTERS = Set.of(OPERATOR, FULL, REPORTS);
    private static final Set<Scope> WEB_CALLERS = Set.of(OPERATOR, FULL, MANAGE, WEB_CALLS);

    /** Needs no key. */
    private static final Set<Scope> ANYBODY = Set.of();

    private static final Map<String, Set<Scope>> CONTRACT = contract();

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final Map<Scope, ApiClient> clients = new EnumMap<>(Scope.class);

    /** Portal links to all of an account, by the scope that their access is the same as. */
    private final Map<Scope, ApiClient> links = new EnumMap<>(Scope.class);

    private static Map<String, Set<Scope>> contract() {
        Map<String, Set<Scope>> table = new HashMap<>();
        allow(table, ANYBODY, "GET /healthz", "GET /readyz", "GET /metrics", "GET /openapi.yaml");
        allow(
                table,
                NOBODY_ELSE,
                "POST /v1/accounts",
                "GET /v1/accounts",
                "GET /v1/accounts/{id}",
                "DELETE /v1/accounts/{id}",
                "POST /v1/accounts/{id}/keys",
                "GET /v1/accounts/{id}/keys",
                "DELETE /v1/accounts/{id}/keys/{key_id}");
        allow(table, LINKERS, "POST /v1/portal-links");
        allow(
                table,
                MANAGERS,
                "POST /v1/webhooks",
                "PATCH /v1/webhooks/{id}",
                "DELETE /v1/webhooks/{id}",
                "POST /v1/webhooks/{id}/test",
                "GET /v1/webhooks/{id}/secret",
                "POST /v1/webhooks/{id}/rotate-secret",
                "POST /v1/webhooks/{id}/replay",
                "DELETE /v1/replays/{id}",
                "POST /v1/deliveries/{id}/retry",
                "GET /v1/signing-secret",
                "POST /v1/signing-secret/rotate",
                "POST /v1/calls",
                "PATCH /v1/calls/{id}",
                "POST /v1/calls/{id}/stop",
                "DELETE /v1/calls/{id}");
        allow(
                table,
                READERS,
                "GET /v1/webhooks",
                "GET /v1/webhooks/{id}",
                "GET /v1/webhooks/{id}/deliveries",
                "GET /v1/webhooks/{id}/waiting",
                "GET /v1/replays/{id}",
                "GET /v1/calls/{id}/events",
                "GET /v1/calls/{id}/deliveries",
                "GET /v1/events",
                "GET /v1/events/{id}",
                "GET /v1/events/stream",
                "GET /v1/deliveries/stream",
                "GET /v1/stats",
                "GET /v1/deliveries",
                "GET /v1/deliveries/{id}");
        allow(table, CALL_READERS, "GET /v1/calls", "GET /v1/calls/{id}", "GET /v1/key");
        allow(table, REPORTERS, "POST /v1/reports", "POST /v1/calls/{id}/reports");
        allow(table, WEB_CALLERS, "POST /v1/calls/web");
        return table;
    }

    private static void allow(Map<String, Set<Scope>> table, Set<Scope> scopes, String... operations) {
        for (String operation : operations) {
            table.put(operation, scopes);
        }
    }

    @BeforeAll
    void aKeyOfEachScope() {
        long account = rig.newAccountNumber();
        for (Scope scope : Scope.values()) {
            clients.put(scope, rig.client(account, scope, Set.of()));
        }
        ApiClient full = rig.client(account, FULL, Set.of());
        links.put(READ, rig.portalLink(full, "{'access': 'read'}"));
        links.put(MANAGE, rig.portalLink(full, "{'access': 'manage'}"));
    }

    @Test
    void everyOperationIsInTheTable() {
        assertThat(CONTRACT.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        rig.operations().stream().map(Operation::toString).toList());
    }

    @Test
    void everyScopeDoesWhatTheTableSaysAndNothingElse() {
        for (Operation operation : rig.operations()) {
            Set<Scope> allowed = CONTRACT.getOrDefault(operation.toString(), Set.of());
            clients.forEach((scope, client) -> expect(operation, allowed, scope, client));
            links.forEach((scope, client) -> expect(operation, allowed, scope, client));
        }
    }

    private static void expect(Operation operation, Set<Scope> allowed, Scope scope, ApiClient client) {
        Answer answer = send(client, operation);
        if (allowed.equals(ANYBODY) || allowed.contains(scope)) {
            assertThat(answer.status()).as(operation + " with " + scope).isNotIn(401, 403);
        } else {
            assertThat(answer.status() + " " + answer.problem())
                    .as(operation + " with " + scope)
                    .isEqualTo("403 scope");
        }
    }

    @Test
    void withoutAKeyOnlyWhatIsPublicIsAnswered() {
        ApiClient nobody = new ApiClient(rig.port, null, 0);
        for (Operation operation : rig.operations()) {
            boolean isPublic = ANYBODY.equals(CONTRACT.get(operation.toString()));
            Answer answer = send(nobody, operation);
            assertThat(answer.status() == 401).as(operation.toString()).isEqualTo(!isPublic);
            if (!isPublic) {
                assertThat(answer.header("www-authenticate")).startsWith("Bearer");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'webhook_url': 'https://a.example'",
                "'webhook_mode': 'instead'",
                "'webhook_events': ['call.ended']",
                "'overrides': {}",
                "'scheduled_at': null"
            })
    void aBrowsersKeySaysNoMoreThanItMay(String field) {
        ApiClient browser = rig.client(rig.newAccountNumber(), WEB_CALLS, Set.of());
        Answer refused = browser.post("/v1/calls/web", "{'agent_id': 'a', " + field + "}");
        assertThat(refused.expect(403).problem()).isEqualTo("scope");
        browser.post("/v1/calls/web", "{'agent_id': 'a', 'metadata': {'a': 1}, 'variables': {'b': 2}}")
                .expect(201);
    }

    @Test
    void whoMayOnlyReadNeverSeesASecret() {
        long account = rig.newAccountNumber();
        ApiClient full = rig.client(account, FULL, Set.of());
        neverSeesASecret(full, rig.client(account, READ, Set.of()));
        neverSeesASecret(full, rig.portalLink(full, "{'access': 'read'}"));
    }

    private static void neverSeesASecret(ApiClient full, ApiClient read) {
        Answer hook = full.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.ended']}")
                .expect(201);
        String secret = hook.text("/secret");
        for (Operation operation : rig.operations()) {
            boolean isRead = operation.method().name().equals("GET") && !operation.isStream();
            if (isRead && !operation.path().contains("yaml")) {
                String path = operation.path().replace(":id", hook.text("/id"));
                assertThat(read.get(path).http().body())
                        .as(path)
                        .doesNotContain(secret)
                        .doesNotContain(ApiRig.OWN_SECRET);
            }
        }
    }

    private static Answer send(ApiClient client, Operation operation) {
        // A stream that is let in would not end: it is refused for this.
        String query = operation.isStream() ? "?unknown" : "";
        String path = operation.path().replace(":id", "unknown").replace(":key_id", "unknown") + query;
        String method = operation.method().name();
        boolean bare = method.equals("GET") || method.equals("DELETE");
        return client.send(method, path, bare ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
    }
}
