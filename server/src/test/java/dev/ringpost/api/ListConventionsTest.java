package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Operation;
import dev.ringpost.store.ApiKey.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every list: limits, totals, cursors, unknown parameters. */
class ListConventionsTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient api = rig.newAccount(Scope.FULL);

    @Test
    void aListTellsWhereItIs() {
        makeCalls(3, "a");
        Answer all = api.get("/v1/calls").expect(200);
        assertThat(all.names()).containsExactly("items", "total", "limit", "offset");
        assertThat(all.text("/total") + " " + all.text("/limit") + " " + all.text("/offset"))
                .isEqualTo("3 50 0");
        Answer second = api.get("/v1/calls?limit=1&offset=1").expect(200);
        assertThat(second.json().at("/items/0")).isEqualTo(all.json().at("/items/1"));
        assertThat(api.get("/v1/calls?offset=3").expect(200).json().get("items"))
                .isEmpty();
        api.get("/v1/calls?limit=200").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=99999999999"})
    void aLimitOutOfRangeIsRefused(String query) {
        assertThat(api.get("/v1/calls?" + query).expect(422).faults()).containsOnlyKeys("/limit");
    }

    @Test
    void everyListRefusesWhatItDoesNotKnow() {
        for (Operation operation : rig.operations()) {
            boolean isList = operation.isList() && !operation.path().contains(":");
            if (isList && operation.access() != Access.OPERATING) {
                Answer refused = api.get(operation.path() + "?limit=0&offset=-1&colour=blue");
                assertThat(refused.expect(422).faults())
                        .as(operation.path())
                        .containsOnlyKeys("/limit", "/offset", "/colour");
                api.get(operation.path() + "?limit=1&limit=2").expect(422);
                api.get(operation.path() + "?cursor=&offset=1").expect(422);
            }
        }
    }

    @Test
    void whatIsNoListTakesNoParameter() {
        assertThat(api.get("/v1/signing-secret?limit=1").expect(422).faults()).containsOnlyKeys("/limit");
        assertThat(api.post("/v1/calls/web?dry_run=1", "{'agent_id': 'a'}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/dry_run");
        assertThat(api.get("/v1/calls").text("/total")).isEqualTo("0");
    }

    @Test
    void nobodyCountsBeyondTenThousand() {
        for (int i = 0; i < 10; i++) {
            makeCalls(1000, "cap" + i);
        }
        makeCalls(1, "one more");
        Answer list = api.get("/v1/calls?limit=1").expect(200);
        assertThat(list.names()).containsExactly("items", "total", "total_capped", "limit", "offset");
        assertThat(list.json().get("total").asInt()).isEqualTo(10_000);
        assertThat(list.json().get("total_capped").asBoolean()).isTrue();
        assertThat(api.get("/v1/calls?limit=1&offset=10000").expect(200).json().get("items"))
                .hasSize(1);
    }

    @Test
    void aCursorGoesThroughTheListThatWasThereAndKeepsItsFilters() {
        makeCalls(5, "keep");
        makeCalls(2, "leave");
        List<String> seen = new ArrayList<>();
        Answer page = api.get("/v1/calls?agent_id=keep&limit=2&cursor=").expect(200);
        while (true) {
            page.json()
                    .get("items")
                    .forEach(call -> seen.add(call.path("external_id").asText()));
            if (!page.json().get("has_more").asBoolean()) {
                break;
            }
            makeCalls(1, "keep");
            page = api.get("/v1/calls?limit=2&cursor=" + page.text("/next_cursor"))
                    .expect(200);
        }
        assertThat(page.json().get("next_cursor").isNull()).isTrue();
        assertThat(seen).containsExactly("keep-4", "keep-3", "keep-2", "keep-1", "keep-0");
    }

    @Test
    void aCursorIsOfItsListAndItsFilters() {
        makeCalls(3, "a");
        String cursor = api.get("/v1/calls?agent_id=a&limit=1&cursor=").text("/next_cursor");
        api.get("/v1/calls?agent_id=a&cursor=" + cursor).expect(200);
        assertThat(api.get("/v1/calls?agent_id=b&cursor=" + cursor).expect(422).faults())
                .containsOnlyKeys("/agent_id");
        assertThat(api.get("/v1/calls?status=queued&cursor=" + cursor)
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/status");
        assertThat(api.get("/v1/events?cursor=" + cursor).expect(422).faults()).containsOnlyKeys("/cursor");
        assertThat(api.get("/v1/webhooks?cursor=" + cursor).expect(422).faults())
                .containsOnlyKeys("/cursor");
    }

    @Test
    void aTamperedCursorIsNone() {
        makeCalls(3, "a");
        String cursor = api.get("/v1/calls?agent_id=a&limit=1&cursor=").text("/next_cursor");
        for (int at = 0; at < cursor.length(); at += 3) {
            char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
            String tampered = cursor.substring(0, at) + other + cursor.substring(at + 1);
            api.get("/v1/calls?cursor=" + tampered).expect(422);
        }
        String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        String widened = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.replace("agent_id=a", "agent_id=b").getBytes(StandardCharsets.UTF_8));
        api.get("/v1/calls?cursor=" + widened).expect(422);
        api.get("/v1/calls?cursor=%00").expect(422);
        api.get("/v1/calls?cursor=" + cursor + "A").expect(422);
    }

    private void makeCalls(int count, String agent) {
        String batch = IntStream.range(0, count)
                .mapToObj(i -> "{'type': 'initiated', 'external_id': '" + agent + "-" + next(count, i)
                        + "', 'call': {'agent_id': '" + agent
                        + "', 'type': 'inbound', 'from_number': null, 'to_number': null}}")
                .collect(Collectors.joining(",", "[", "]"));
        api.post("/v1/reports", batch).expect(200);
    }

    /** A single one is a late one, with a name of its own. */
    private static String next(int count, int i) {
        return count == 1 ? "late" + System.nanoTime() : Integer.toString(i);
    }
}
