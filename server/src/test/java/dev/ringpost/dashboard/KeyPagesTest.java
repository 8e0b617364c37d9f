package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Keys and accounts, which are an operator's; and sources, which are everybody's. */
class KeyPagesTest {
    private static final Pattern NEW_KEY = Pattern.compile("id=\"new-key\">(rp_[a-z]k_[^<]+)<");

    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser operator = rig.operator();

    @Test
    void aKeyIsShownOnceAndWorksUntilItIsRevoked() {
        String page = operator.post("/keys", "scope", "full", "name", "For <b>tests</b>", "agent_ids", "")
                .expect(200)
                .has("For &lt;b&gt;tests")
                .body();
        Matcher found = NEW_KEY.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        operator.get("/keys").expect(200).hasNot(found.group(1));
        Browser holder = rig.signedIn(found.group(1));
        holder.get("/webhooks").expect(200);
        Matcher id = Pattern.compile("revoke-(key_[0-9a-z]+)").matcher(page);
        assertThat(id.find()).isTrue();
        operator.post("/keys/" + id.group(1) + "/revoke").expect(303);
        holder.get("/webhooks").expect(303);
    }

    @Test
    void whatIsWrongWithANewKeyIsSaid() {
        operator.post("/keys", "scope", "read", "name", "x", "agent_ids", "agent_1")
                .expect(422)
                .has("role=\"alert\"", "agent_ids", "value=\"x\"");
    }

    @Test
    void othersAreToldThatAnOperatorIsNeeded() {
        String account = rig.newAccount("customer");
        Browser reader = rig.signedIn(rig.newKey(account, "read"));
        reader.get("/keys").expect(200).has("an operator", "read", "customer").hasNot("Make a key");
        reader.post("/keys", "scope", "full").expect(403);
        reader.post("/accounts", "name", "x").expect(403);
    }

    @Test
    void anAccountIsMadeAndLookedAt() {
        operator.post("/accounts", "name", "Made here").expect(303);
        operator.get("/accounts").has("Made here");
        operator.post("/accounts", "name", "").expect(422).has("role=\"alert\"");
        String account = rig.newAccount("Looked at");
        operator.post("/act-for", "account_id", account).expect(303);
        operator.get("/keys").expect(200).has("Looked at");
        operator.get("/sources").expect(200).has("\"account_id\": \"" + account);
    }

    @Test
    void sourcesSayWhereReportsGo() {
        rig.failedCall("came-last");
        operator.get("/sources").expect(200).has("/v1/reports", "came-last").hasNot("account_id");
    }
}
