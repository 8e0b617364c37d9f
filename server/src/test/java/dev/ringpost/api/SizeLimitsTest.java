package dev.ringpost.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large bodies, reports and objects may be: to the byte. */
class SizeLimitsTest {
    private static final int BODY = 256 << 10;
    private static final int REPORT = 4 << 20;
    private static final int BATCH = 16 << 20;
    private static final int OBJECT = 16 << 10;

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient api = rig.newAccount(Scope.FULL);

    @Test
    void aBodyHas256KibAtMost() {
        String call = "{'agent_id': 'a'}";
        post("/v1/calls/web", padded(call, BODY)).expect(201);
        assertThat(post("/v1/calls/web", padded(call, BODY + 1)).expect(413).problem())
                .isEqualTo("too-large");
    }

    @Test
    void aLengthThatNobodyTellsIsCounted() {
        sendChunked(padded("{'agent_id': 'a'}", BODY)).expect(201);
        sendChunked(padded("{'agent_id': 'a'}", BODY + 1)).expect(413);
    }

    private Answer sendChunked(String body) {
        byte[] bytes = ApiClient.quoted(body).getBytes(UTF_8);
        return api.send("POST", "/v1/calls/web", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    @Test
    void aReportHas4MibAtMost() {
        String path =
                "/v1/calls/" + api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id") + "/reports";
        post(path, padded("{'type': 'connected'}", REPORT)).expect(200);
        post(path, padded("{'type': 'connected'}", REPORT + 1)).expect(413);
    }

    @Test
    void aBatchHas16Mib() {
        post("/v1/reports", padded("[" + report("fits", "") + "]", BATCH)).expect(200);
        post("/v1/reports", padded("[" + report("not", "") + "]", BATCH + 1)).expect(413);
    }

    @Test
    void aReportOver4MibInABatchIsRefusedAlone() {
        String fits = padded(report("fits", ""), REPORT);
        String large = padded(report("large", ""), REPORT + 1);
        Answer answer = post("/v1/reports", "[" + fits + "," + large + "," + report("small", "") + "]")
                .expect(200);
        assertThat(answer.text("/items/0/status")).isEqualTo("in_progress");
        assertThat(answer.json().at("/items/1/error/status").asInt()).isEqualTo(413);
        assertThat(answer.text("/items/1/error/type")).endsWith("/too-large");
        assertThat(answer.text("/items/2/status")).isEqualTo("in_progress");
    }

    @Test
    void aBatchHas1000Reports() {
        String thousand = (report("same", "") + ",").repeat(1000);
        post("/v1/reports", "[" + thousand.substring(0, thousand.length() - 1) + "]")
                .expect(200);
        post("/v1/reports", "[" + thousand + report("same", "") + "]").expect(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "variables", "overrides"})
    void anObjectHas16KibAtMost(String name) {
        post("/v1/calls/web", "{'agent_id': 'a', '" + name + "': " + object(OBJECT) + "}")
                .expect(201);
        Answer refused = post("/v1/calls/web", "{'agent_id': 'a', '" + name + "': " + object(OBJECT + 1) + "}");
        assertThat(refused.expect(422).faults()).containsOnlyKeys("/" + name);
    }

    /** Of so many bytes as compact JSON. */
    private static String object(int bytes) {
        return "{'k':'" + "x".repeat(bytes - "{'k':''}".length()) + "'}";
    }

    private static String report(String externalId, String more) {
        return "{'type':'connected','external_id':'" + externalId
                + "','call':{'agent_id':'a','type':'inbound','from_number':null,'to_number':null}" + more + "}";
    }

    /** With spaces before the end, which is the last character. */
    private static String padded(String json, int bytes) {
        return json.substring(0, json.length() - 1)
                + " ".repeat(bytes - json.length())
                + json.substring(json.length() - 1);
    }

    private Answer post(String path, String body) {
        return api.post(path, body);
    }
}
