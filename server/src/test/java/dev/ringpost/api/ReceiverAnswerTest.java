package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a receiver answered, the log is JSON that everybody can read. */
class ReceiverAnswerTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    @Test
    void bytesThatAreNoTextAreShownAsReplacementCharacters() {
        ApiClient api = rig.newAccount(Scope.FULL);
        api.post("/v1/webhooks", "{'url': 'https://x.example/', 'events': ['call.started']}")
                .expect(201);
        String call = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        api.post("/v1/calls/" + call + "/reports", "{'type': 'connected'}").expect(200);
        rig.succeed(
                rig.deliveries(api.account()).getFirst(),
                "ok \u00ff\u00c0\u0080\u00ed\u00a0\u0080 \0\u0001\u001b[31m\"}");

        Answer log = api.get("/v1/deliveries").expect(200);
        assertThat(log.text("/items/0/response_body"))
                .startsWith("ok \ufffd")
                .contains("\ufffd", "\0\u0001\u001b[31m\"}")
                .doesNotContain("\u00ff");
        assertThat(log.http().body()).doesNotContain("\0", "\u0001", "\u001b");
    }
}
