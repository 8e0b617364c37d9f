package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls and events found again: lists, filters, cursors, messages. */
class CallLookupApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String PARTIAL =
            "{'type': 'transcript', 'final': false, 'messages': [{'role': 'user', 'content': 'One'}]}";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    private List<String> ids(String path) {
        List<String> ids = new ArrayList<>();
        api.get(path)
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    @Test
    void callsAreFilteredTogether() {
        ReportedCall old = ReportedCall.outbound(api, ", 'external_id': 'x'");
        ReportedCall young = ReportedCall.outbound(api);
        young.report("{'type': 'connected'}").expect(200);
        String between = young.get().text("/created_at");
        assertThat(ids("/v1/calls?since=" + between)).contains(young.id());
        assertThat(ids("/v1/calls?until=" + between)).doesNotContain(young.id());
        assertThat(ids("/v1/calls?agent_id=a&status=queued")).containsExactly(old.id());
        assertThat(ids("/v1/calls?agent_id=b")).isEmpty();
        assertThat(ids("/v1/calls?external_id=x&status=queued&agent_id=a")).containsExactly(old.id());
        assertThat(ids("/v1/calls?external_id=x&status=failed")).isEmpty();
    }

    @Test
    void aCursorKeepsItsFiltersWhileCallsAreAdded() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.addFirst(ReportedCall.outbound(api).id());
        }
        Answer page = api.get("/v1/calls?cursor=&limit=2&status=queued").expect(200);
        assertThat(page.names()).containsExactly("items", "next_cursor", "has_more", "limit");
        new ReportedCall(api, ReportedCall.outbound(api).id()).report("{'type': 'connected'}");
        Answer rest =
                api.get("/v1/calls?limit=2&cursor=" + page.text("/next_cursor")).expect(200);
        List<String> seen = new ArrayList<>();
        page.json().get("items").forEach(item -> seen.add(item.get("id").asText()));
        rest.json().get("items").forEach(item -> seen.add(item.get("id").asText()));
        assertThat(seen).isEqualTo(made);
        assertThat(rest.json().get("has_more").booleanValue()).isFalse();
        assertThat(rest.json().get("next_cursor").isNull()).isTrue();
    }

    @Test
    void aCallsEventsHaveTheirPayloads() {
        ReportedCall call = ReportedCall.outbound(api, ", 'external_id': 'e', 'metadata': {'k': [1.50, null]}");
        call.report("{'type': 'connected', 'at': '2026-01-01T10:00:00Z'}").expect(200);
        Answer list = api.get("/v1/calls/" + call.id() + "/events").expect(200);
        JsonNode event = list.json().at("/items/0");
        assertThat(event.get("event").asText()).isEqualTo("call.started");
        assertThat(event.get("payload"))
                .isEqualTo(
                        api.get("/v1/events/" + event.get("id").asText()).json().get("payload"));
        assertThat(event.at("/payload/id")).isEqualTo(event.get("id"));
        List<String> names = new ArrayList<>();
        event.get("payload").fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "id",
                        "event",
                        "created_at",
                        "sequence",
                        "call_id",
                        "external_id",
                        "agent_id",
                        "direction",
                        "to_number",
                        "from_number",
                        "metadata",
                        "started_at");
        assertThat(list.http().body()).contains("\"metadata\":{\"k\":[1.50,null]}");
    }

    @Test
    void eventsAreFilteredTogether() {
        ReportedCall one = ReportedCall.outbound(api);
        ReportedCall two = ReportedCall.outbound(api);
        one.report("{'type': 'ended', 'outcome': null}").expect(200);
        two.report("{'type': 'connected'}").expect(200);
        List<String> all = ids("/v1/events");
        assertThat(all).hasSize(3);
        assertThat(ids("/v1/events?event=call.started")).hasSize(2);
        assertThat(ids("/v1/events?event=call.started&call_id=" + two.id())).containsExactly(all.getFirst());
        assertThat(ids("/v1/events?call_id=" + one.id())).isEqualTo(all.subList(1, 3));
        String newest = api.get("/v1/events/" + all.getFirst()).text("/created_at");
        assertThat(ids("/v1/events?since=" + newest)).contains(all.getFirst());
        assertThat(ids("/v1/events?until=" + newest)).doesNotContain(all.getFirst());
        assertThat(ids("/v1/events?since=2020-01-01T00:00:00Z&until=2021-01-01T00:00:00Z"))
                .isEmpty();
        Answer page = api.get("/v1/events?limit=2&cursor=").expect(200);
        assertThat(ids("/v1/events?limit=2&cursor=" + page.text("/next_cursor")))
                .containsExactly(all.getLast());
        assertThat(api.get("/v1/events?event=call.sneezed&call_id=x&since=y&colour=z")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/event", "/call_id", "/since", "/colour");
        rig.newAccount(Scope.FULL).get("/v1/events/" + all.getFirst()).expect(404);
    }

    @Test
    void aCallShowsTheTranscriptSoFar() {
        ReportedCall call = ReportedCall.outbound(api);
        assertThat(call.get().json().get("messages").isNull()).isTrue();
        call.report(PARTIAL).expect(200);
        assertThat(call.get().text("/messages/0/content")).isEqualTo("One");
        call.report(PARTIAL.replace("]}", ", {'role': 'agent', 'content': 'Two', 'at': '2026-01-01T00:00:00Z'}]}"))
                .expect(200);
        assertThat(call.get().json().get("messages")).hasSize(2);
        call.report("{'type': 'ended', 'outcome': null}").expect(200);
        assertThat(call.get().json().get("messages")).hasSize(2);
        call.report("{'type': 'transcript', 'final': true, 'messages': []}").expect(200);
        assertThat(call.get().json().get("messages").isArray()).isTrue();
        assertThat(call.get().json().get("messages")).isEmpty();
    }
}
