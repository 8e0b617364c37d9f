package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts and their keys, as the operator manages them. */
class AccountApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final ApiClient operator = rig.operator();

    private Answer account;
    private String path;

    @BeforeEach
    void newAccount() {
        account = operator.post("/v1/accounts", "{'name': 'Acme'}").expect(201);
        path = "/v1/accounts/" + account.text("/id");
    }

    @Test
    void anAccountIsMadeReadAndListed() {
        assertThat(account.names()).containsExactly("id", "name", "created_at");
        assertThat(account.header("location")).isEqualTo(path);
        assertThat(operator.get(path).expect(200).json()).isEqualTo(account.json());
        Answer list = operator.get("/v1/accounts?limit=1").expect(200);
        assertThat(list.json().get("items")).containsExactly(account.json());
        assertThat(list.json().get("total").asInt()).isGreaterThan(1);
        Answer first = operator.get("/v1/accounts?limit=1&cursor=").expect(200);
        Answer second = operator.get("/v1/accounts?limit=1&cursor=" + first.text("/next_cursor"))
                .expect(200);
        assertThat(second.json().get("items")).doesNotContain(account.json()).hasSize(1);
    }

    @Test
    void aNewAccountSignsWithASecretOfItsOwn() {
        String secret = client(key("full").text("/key"))
                .get("/v1/signing-secret")
                .expect(200)
                .text("/secret");
        assertThat(secret).startsWith("whsec_");
        assertThat(operator.get("/v1/signing-secret").expect(200).text("/secret"))
                .isNotEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {}                             | /name
                    {'name': ''}                   | /name
                    {'name': null}                 | /name
                    {'name': 7}                    | /name
                    {'name': 'default'}            | /name
                    {'name': 'a', 'x': 1}          | /x
                    """)
    void aBadAccountIsRefused(String body, String pointer) {
        assertThat(operator.post("/v1/accounts", body).expect(422).faults()).containsOnlyKeys(pointer);
    }

    @Test
    void aKeyIsShownOnce() {
        Answer made = operator.post(path + "/keys", "{'scope': 'read', 'name': 'dash'}")
                .expect(201);
        assertThat(made.names()).containsExactly("id", "account_id", "scope", "name", "agent_ids", "created_at", "key");
        assertThat(made.text("/key")).matches("rp_sk_[0-9A-Za-z]{43}");
        assertThat(made.header("location")).isEqualTo(path + "/keys/" + made.text("/id"));
        Answer list = operator.get(path + "/keys").expect(200);
        assertThat(list.json().at("/items/0/id")).isEqualTo(made.json().get("id"));
        assertThat(list.http().body()).doesNotContain(made.text("/key"));
        client(made.text("/key")).get("/v1/webhooks").expect(200);
    }

    @Test
    void aKeyForBrowsersIsBoundToItsAgents() {
        Answer made = operator.post(path + "/keys", "{'scope': 'web_calls', 'agent_ids': ['a', 'b']}")
                .expect(201);
        assertThat(made.text("/key")).startsWith("rp_pk_");
        assertThat(made.json().get("agent_ids")).hasSize(2);
        ApiClient browser = client(made.text("/key"));
        browser.post("/v1/calls/web", "{'agent_id': 'a'}").expect(201);
        browser.post("/v1/calls/web", "{'agent_id': 'c'}").expect(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {}                                          | /scope
                    {'scope': 'admin'}                          | /scope
                    {'scope': 'operator'}                       | /scope
                    {'scope': 'full', 'agent_ids': ['a']}       | /agent_ids
                    {'scope': 'web_calls', 'agent_ids': []}     | /agent_ids
                    {'scope': 'web_calls', 'agent_ids': 'a'}    | /agent_ids
                    {'scope': 'full', 'name': ''}               | /name
                    {'scope': 'full', 'x': ''}                  | /x
                    """)
    void aBadKeyIsRefused(String body, String pointer) {
        assertThat(operator.post(path + "/keys", body).expect(422).faults()).containsOnlyKeys(pointer);
    }

    @Test
    void aRevokedKeyStopsToWorkAtOnce() {
        Answer key = key("full");
        ApiClient client = client(key.text("/key"));
        client.get("/v1/webhooks").expect(200);
        operator.delete(path + "/keys/" + key.text("/id")).expect(204);
        client.get("/v1/webhooks").expect(401);
        operator.delete(path + "/keys/" + key.text("/id")).expect(404);
    }

    @Test
    void aKeyIsRevokedInItsOwnAccountOnly() {
        Answer key = key("full");
        String other = operator.post("/v1/accounts", "{'name': 'Other'}").text("/id");
        operator.delete("/v1/accounts/" + other + "/keys/" + key.text("/id")).expect(404);
        client(key.text("/key")).get("/v1/webhooks").expect(200);
    }

    @Test
    void aDeletedAccountIsGoneAtOnce() {
        ApiClient client = client(key("full").text("/key"));
        String hook = client.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.ended']}")
                .expect(201)
                .text("/id");
        assertThat(as(account.text("/id"), "GET", "/v1/webhooks")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(1);
        operator.delete(path).expect(204);
        client.get("/v1/webhooks").expect(401);
        as(account.text("/id"), "GET", "/v1/webhooks").expect(404);
        operator.get(path).expect(404);
        operator.get(path + "/keys").expect(404);
        operator.delete(path).expect(404);
        assertThat(rig.dispatch.notesOf(hook)).contains("deleted");
    }

    @Test
    void onlyAnOperatorKeyManagesAccounts() {
        for (Scope scope : Scope.values()) {
            ApiClient client = rig.client(operator.account(), scope, Set.of());
            client.get("/v1/accounts").expect(scope == Scope.OPERATOR ? 200 : 403);
        }
    }

    @Test
    void anOperatorActsForAnAccount() {
        String id = account.text("/id");
        Answer hook = as(id, "POST", "/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.ended']}")
                .expect(201);
        assertThat(client(key("read").text("/key")).get("/v1/webhooks").json().at("/items/0/id"))
                .isEqualTo(hook.json().get("id"));
        operator.get("/v1/webhooks/" + hook.text("/id")).expect(404);
        as("acct_nonsense", "GET", "/v1/webhooks").expect(404);
        as(rig.ids.format(IdKind.ACCOUNT, rig.numbers.next()), "GET", "/v1/webhooks")
                .expect(404);
    }

    @Test
    void nobodyElseActsForAnAccount() {
        ApiClient full = client(key("full").text("/key"));
        String other = rig.ids.format(IdKind.ACCOUNT, operator.account());
        Answer refused = full.send("GET", "/v1/webhooks", BodyPublishers.noBody(), "ringpost-account", other);
        assertThat(refused.expect(403).problem()).isEqualTo("scope");
        full.send("GET", "/v1/webhooks", BodyPublishers.noBody(), "ringpost-account", "acct_x")
                .expect(403);
        full.send("GET", "/v1/webhooks", BodyPublishers.noBody(), "ringpost-account", account.text("/id"))
                .expect(200);
    }

    private Answer key(String scope) {
        return operator.post(path + "/keys", "{'scope': '" + scope + "'}").expect(201);
    }

    private static ApiClient client(String key) {
        return new ApiClient(rig.port, key, 0);
    }

    private static Answer as(String account, String method, String path) {
        return operator.send(method, path, BodyPublishers.noBody(), "ringpost-account", account);
    }

    private static Answer as(String account, String method, String path, String body) {
        return operator.send(
                method, path, BodyPublishers.ofString(ApiClient.quoted(body)), "ringpost-account", account);
    }
}
