package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.id.IdKind;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import dev.ringpost.store.ApiKey.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers over time: what was counted is put into the store here, the counting has tests of its own. */
class StatsApiTest {
    private static final Counts SOME = new Counts(4, 3, 1, new Attempts(3, 1), LagHistogram.ofMillis(10, 12, 4000));

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient client = rig.newAccount(Scope.FULL);

    @Test
    void withoutAQueryItIsTheLastDayByTheHour() {
        Instant hour = Interval.HOUR.startOf(rig.now()).minus(Duration.ofHours(2));
        count(Interval.HOUR, hour, Counted.WHOLE_ACCOUNT, SOME);
        Answer stats = client.get("/v1/stats").expect(200);
        assertThat(stats.text("/interval")).isEqualTo("hour");
        assertThat(stats.json().path("items").size()).isEqualTo(25);
        assertThat(Duration.between(Instant.parse(stats.text("/since")), Instant.parse(stats.text("/until"))))
                .isEqualTo(Duration.ofHours(25));
        JsonNode item = item(stats, hour);
        assertThat(item.path("events").asInt()).isEqualTo(4);
        assertThat(item.path("deliveries_succeeded").asInt()).isEqualTo(3);
        assertThat(item.path("deliveries_failed").asInt()).isEqualTo(1);
        assertThat(item.path("attempts_succeeded").asInt()).isEqualTo(3);
        assertThat(item.path("attempts_failed").asInt()).isEqualTo(1);
        assertThat(item.path("lag_p50_ms").asInt()).isEqualTo(12);
        assertThat(item.path("lag_p99_ms").asInt()).isBetween(3750, 4250);
        assertThat(stats.json().at("/totals/success_rate").asDouble()).isEqualTo(0.75);
        JsonNode empty = item(stats, hour.plus(Duration.ofHours(1)));
        assertThat(empty.path("events").asInt()).isZero();
        assertThat(empty.path("lag_p50_ms").isNull()).isTrue();
    }

    @Test
    void theIntervalFollowsTheRangeUnlessItIsGiven() {
        assertThat(ofLast(Duration.ofHours(1), "").text("/interval")).isEqualTo("minute");
        assertThat(ofLast(Duration.ofDays(7), "").text("/interval")).isEqualTo("hour");
        assertThat(ofLast(Duration.ofDays(30), "").text("/interval")).isEqualTo("day");
        assertThat(ofLast(Duration.ofDays(30), "&interval=hour")
                        .json()
                        .path("items")
                        .size())
                .isBetween(720, 721);
    }

    @Test
    void daysAreSumsOfHours() {
        Instant day = Interval.DAY.startOf(rig.now()).minus(Duration.ofDays(3));
        count(Interval.HOUR, day, Counted.WHOLE_ACCOUNT, SOME);
        count(Interval.HOUR, day.plus(Duration.ofHours(23)), Counted.WHOLE_ACCOUNT, SOME);
        Answer stats = ofLast(Duration.ofDays(10), "");
        assertThat(item(stats, day).path("events").asInt()).isEqualTo(8);
        assertThat(stats.json().at("/totals/events").asInt()).isEqualTo(8);
    }

    @Test
    void minutesAreOfTheLastTwoDaysAndOfTheWholeAccount() {
        Instant minute = Interval.MINUTE.startOf(rig.now()).minus(Duration.ofMinutes(5));
        count(Interval.MINUTE, minute, Counted.WHOLE_ACCOUNT, SOME);
        Answer stats = ofLast(Duration.ofHours(24), "&interval=minute");
        assertThat(stats.json().path("items").size()).isBetween(1440, 1441);
        assertThat(item(stats, minute).path("events").asInt()).isEqualTo(4);
        String webhook = newWebhook();
        assertThat(ofLast(Duration.ofHours(1), "&webhook_id=" + webhook).text("/interval"))
                .isEqualTo("hour");
        assertThat(refused("interval=minute&webhook_id=" + webhook)).containsOnlyKeys("/interval");
        assertThat(refused("interval=minute&since=" + rig.now().minus(Duration.ofHours(49)) + "&until="
                        + rig.now().minus(Duration.ofHours(48))))
                .containsOnlyKeys("/since");
    }

    @Test
    void aWebhookHasNumbersOfItsOwn() {
        Instant hour = Interval.HOUR.startOf(rig.now());
        String webhook = newWebhook();
        count(Interval.HOUR, hour, number(webhook), SOME);
        count(Interval.HOUR, hour.minus(Duration.ofHours(23)), number(webhook), SOME);
        count(Interval.HOUR, hour.minus(Duration.ofHours(24)), number(webhook), SOME);
        Answer stats = client.get("/v1/stats?webhook_id=" + webhook).expect(200);
        assertThat(item(stats, hour).path("attempts_failed").asInt()).isEqualTo(1);
        assertThat(stats.json().path("now").isNull()).isTrue();
        assertThat(client.get("/v1/stats")
                        .expect(200)
                        .json()
                        .at("/totals/events")
                        .asInt())
                .isZero();

        ApiClient other = rig.newAccount(Scope.FULL);
        for (String id : List.of(webhook, "wh_unknown")) {
            assertThat(other.get("/v1/stats?webhook_id=" + id)
                            .expect(200)
                            .json()
                            .at("/totals/events")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void theSuccessRateOfADayIsPartOfAWebhook() {
        Instant hour = Interval.HOUR.startOf(rig.now());
        String webhook = newWebhook();
        String silent = newWebhook();
        count(Interval.HOUR, hour, number(webhook), SOME);
        Counts allFailed = new Counts(0, 0, 0, new Attempts(0, 4), LagHistogram.EMPTY);
        count(Interval.HOUR, hour.minus(Duration.ofHours(23)), number(webhook), allFailed);
        count(Interval.HOUR, hour.minus(Duration.ofHours(24)), number(webhook), allFailed);
        assertThat(client.get("/v1/webhooks/" + webhook).expect(200).json().at("/health/success_rate"))
                .hasToString("0.375");
        Answer list = client.get("/v1/webhooks").expect(200);
        assertThat(list.text("/items/0/id")).isEqualTo(silent);
        assertThat(list.json().at("/items/0/health/success_rate").isNull()).isTrue();
        assertThat(list.json().at("/items/1/health/success_rate")).hasToString("0.375");
    }

    @Test
    void whatFailsAndWaitsIsFoundAtOnce() {
        String failing = newWebhook();
        String well = newWebhook();
        String call =
                client.post("/v1/calls/web", "{'agent_id': 'a'}").expect(201).text("/id");
        client.post("/v1/calls/" + call + "/reports", "{'type': 'connected'}").expect(200);
        Delivery delivery = rig.deliveries(client.account()).stream()
                .filter(made -> made.endpoint() == number(failing))
                .findFirst()
                .orElseThrow();
        rig.fail(delivery);
        Health bad = new Health(2, 0, 0, 5, "the receiver answered 500", 5, 1);
        LaneState lane = new LaneState(number(failing), client.account(), 5, 0, bad);
        rig.write(tx -> tx.apply(List.of(new LaneWrite.Save(lane))));
        JsonNode now = client.get("/v1/stats").expect(200).json().path("now");
        assertThat(now).hasToString("{\"waiting\":1,\"webhooks_failing\":1,\"webhooks_open\":0}");
        assertThat(ids(client.get("/v1/webhooks?failing=true"))).containsExactly(failing);
        assertThat(ids(client.get("/v1/webhooks?failing=false"))).containsExactly(well);
        assertThat(ids(client.get("/v1/webhooks?failing=true&cursor="))).containsExactly(failing);
        ApiClient other = rig.newAccount(Scope.READ);
        assertThat(other.get("/v1/stats").expect(200).json().at("/now/waiting").asInt())
                .isZero();
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThat(refused("since=x&until=y&interval=week&webhook_id=evt_1&cursor=&page=2"))
                .containsOnlyKeys("/since", "/until", "/interval", "/webhook_id", "/cursor", "/page");
        assertThat(refused("since=2026-01-02T00:00:00Z&until=2026-01-02T00:00:00Z"))
                .containsOnlyKeys("/since");
        assertThat(refused("since=2026-01-01T00:00:00Z&until=2026-03-05T00:00:00Z&interval=hour"))
                .containsOnlyKeys("/interval");
        assertThat(refused("since=1970-01-01T00:00:00Z&until=9999-12-31T23:59:59Z"))
                .containsOnlyKeys("/interval");
    }

    private Map<String, String> refused(String query) {
        return client.get("/v1/stats?" + query).expect(422).faults();
    }

    private Answer ofLast(Duration range, String more) {
        return client.get("/v1/stats?since=" + rig.now().minus(range).plusSeconds(1) + more)
                .expect(200);
    }

    private String newWebhook() {
        return client.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
    }

    private static long number(String webhook) {
        return rig.ids.parse(IdKind.WEBHOOK, webhook).orElseThrow();
    }

    private void count(Interval interval, Instant at, long endpoint, Counts... counts) {
        rig.write(tx -> tx.addCounts(Arrays.stream(counts)
                .map(each -> new Counted(interval, at, client.account(), endpoint, each))
                .toList()));
    }

    private static JsonNode item(Answer stats, Instant at) {
        for (JsonNode item : stats.json().path("items")) {
            if (Instant.parse(item.path("at").asText()).equals(at)) {
                return item;
            }
        }
        throw new AssertionError("No interval begins at " + at);
    }

    private static List<String> ids(Answer list) {
        return list.expect(200).json().path("items").findValuesAsText("id");
    }
}
