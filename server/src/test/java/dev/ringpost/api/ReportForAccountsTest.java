package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One call engine, with one operator key, reports the calls of all accounts. */
class ReportForAccountsTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient first = rig.newAccount(Scope.FULL);
    private final ApiClient second = rig.newAccount(Scope.FULL);

    @Test
    void eachReportGoesToTheAccountThatItNames() {
        Answer answer = rig.operator()
                .post(
                        "/v1/reports",
                        "[" + report(id(first), "x") + "," + report(id(second), "x") + "," + report(null, "x") + "]")
                .expect(200);
        assertThat(first.get("/v1/calls").json().at("/items/0/id"))
                .isEqualTo(answer.json().at("/items/0/call_id"));
        assertThat(second.get("/v1/calls").json().at("/items/0/id"))
                .isEqualTo(answer.json().at("/items/1/call_id"));
        assertThat(rig.operator().get("/v1/calls").json().at("/items/0/id"))
                .isEqualTo(answer.json().at("/items/2/call_id"));
        assertThat(first.get("/v1/calls").text("/total")).isEqualTo("1");
    }

    @Test
    void anAccountThatIsNotThereIsAnErrorOfItsItem() {
        String gone = rig.ids.format(IdKind.ACCOUNT, rig.numbers.next());
        Answer answer = rig.operator()
                .post(
                        "/v1/reports",
                        "[" + report(gone, "y") + "," + report("acct_x", "y") + "," + report(id(first), "y") + ","
                                + report("", "y") + "]")
                .expect(200);
        assertThat(answer.json().at("/items/0/error/status").asInt()).isEqualTo(404);
        assertThat(answer.json().at("/items/1")).isEqualTo(answer.json().at("/items/0"));
        assertThat(answer.text("/items/2/status")).isEqualTo("in_progress");
        assertThat(answer.text("/items/3/error/errors/0/pointer")).isEqualTo("/3/account_id");
    }

    @Test
    void anotherKeyReportsForItsOwnAccountOnly() {
        for (Scope scope : new Scope[] {Scope.FULL, Scope.REPORTS}) {
            ApiClient client = rig.client(first.account(), scope, Set.of());
            Answer answer = client.post(
                            "/v1/reports",
                            "[" + report(id(second), "z") + "," + report("acct_x", "z") + "," + report(id(first), "z")
                                    + "]")
                    .expect(200);
            assertThat(answer.text("/items/0/error/type")).endsWith("/scope");
            assertThat(answer.json().at("/items/0/error/status").asInt()).isEqualTo(403);
            assertThat(answer.json().at("/items/1")).isEqualTo(answer.json().at("/items/0"));
            assertThat(answer.text("/items/2/status")).isEqualTo("in_progress");
        }
        assertThat(second.get("/v1/calls").text("/total")).isEqualTo("0");
    }

    @Test
    void theHeaderNamesTheAccountOfReportsThatNameNone() {
        String batch = "[" + report(null, "h") + "," + report(id(second), "h") + "]";
        rig.operator()
                .send(
                        "POST",
                        "/v1/reports",
                        BodyPublishers.ofString(ApiClient.quoted(batch)),
                        "ringpost-account",
                        id(first))
                .expect(200);
        assertThat(first.get("/v1/calls").text("/items/0/external_id")).isEqualTo("h");
        assertThat(second.get("/v1/calls").text("/items/0/external_id")).isEqualTo("h");
    }

    @Test
    void aDeletedAccountTakesNoReportAtOnce() {
        String account =
                rig.operator().post("/v1/accounts", "{'name': 'short'}").text("/id");
        Answer before = rig.operator().post("/v1/reports", "[" + report(account, "a") + "]");
        assertThat(before.text("/items/0/status")).isEqualTo("in_progress");
        rig.operator().delete("/v1/accounts/" + account).expect(204);
        Answer after = rig.operator().post("/v1/reports", "[" + report(account, "b") + "]");
        assertThat(after.json().at("/items/0/error/status").asInt()).isEqualTo(404);
    }

    private static String id(ApiClient client) {
        return rig.ids.format(IdKind.ACCOUNT, client.account());
    }

    private static String report(@Nullable String account, String externalId) {
        return "{" + (account == null ? "" : "'account_id': '" + account + "', ")
                + "'type': 'connected', 'external_id': '"
                + externalId
                + "', 'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': null, 'to_number': null}}";
    }
}
