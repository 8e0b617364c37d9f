package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.running.Api;
import dev.ringpost.running.LocalEndpoint;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape says after traffic that is known. */
@SuppressWarnings("NullAway.Init") // set before all tests
class MetricsTest {
    private static final int CALLS = 6;

    @TempDir
    static Path folder;

    private static LiveServer server;
    private static LocalEndpoint endpoint;
    private static Scraped scraped;
    private static String text;

    /** Each call starts and ends: one webhook takes both events, another fails at each start until its breaker opens. */
    @BeforeAll
    static void traffic() {
        endpoint = new LocalEndpoint();
        server = new LiveServer(folder);
        Api api = server.api();
        api.done("/v1/webhooks", "{'url': '" + endpoint.url("/ok") + "', 'events': ['call.started', 'call.ended']}");
        api.done(
                "/v1/webhooks",
                "{'url': '" + endpoint.url("/500") + "', 'events': ['call.started'], 'retry_schedule': [3600]}");
        for (int call = 0; call < CALLS; call++) {
            String named = "'external_id': 'metrics-" + call
                    + "', 'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': null, 'to_number': null}";
            api.done(
                    "/v1/reports",
                    "[{'type': 'connected', " + named + "}, {'type': 'ended', 'outcome': null, " + named + "}]");
        }
        assertThat(api.post("/v1/reports", "{").statusCode()).isEqualTo(400);
        assertThat(api.get("/nowhere/wh_secret").statusCode()).isEqualTo(404);
        await().untilAsserted(() -> {
            scrape();
            assertThat(scraped.value("ringpost_deliveries_total{end=\"succeeded\"}"))
                    .isEqualTo(2 * CALLS);
            assertThat(scraped.value("ringpost_deliveries_waiting{place=\"queue\"}"))
                    .isEqualTo(CALLS);
        });
    }

    @AfterAll
    static void stop() {
        server.close();
        endpoint.close();
    }

    private static void scrape() {
        HttpResponse<String> response = response();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        text = response.body();
        scraped = Scraped.of(text);
    }

    private static HttpResponse<String> response() {
        return server.api().get("/metrics");
    }

    private static double now(String series) {
        return Scraped.of(response().body()).value(series);
    }

    @Test
    void eventsAreCountedByType() {
        assertThat(scraped.value("ringpost_events_total{type=\"call.started\"}"))
                .isEqualTo(CALLS);
        assertThat(scraped.value("ringpost_events_total{type=\"call.ended\"}")).isEqualTo(CALLS);
        assertThat(scraped.value("ringpost_events_total{type=\"call.failed\"}")).isZero();
    }

    @Test
    void attemptsAreCountedByOutcome() {
        // Behind an open breaker the sixth waits untried.
        double failed = scraped.value("ringpost_attempts_total{outcome=\"failed\"}");
        assertThat(failed).isBetween(5.0, 6.0);
        assertThat(scraped.value("ringpost_attempts_total{outcome=\"succeeded\"}"))
                .isEqualTo(2 * CALLS);
        assertThat(scraped.value("ringpost_attempts_total{outcome=\"gone\"}")).isZero();
        assertThat(scraped.value("ringpost_attempt_duration_seconds_count")).isEqualTo(2 * CALLS + failed);
    }

    @Test
    void lagIsMeasuredFromTheEvent() {
        assertThat(scraped.value("ringpost_first_attempt_lag_seconds_count"))
                .isEqualTo(scraped.value("ringpost_attempt_duration_seconds_count"));
        assertThat(scraped.value("ringpost_success_lag_seconds_count")).isEqualTo(2 * CALLS);
        assertThat(scraped.value("ringpost_success_lag_seconds_sum"))
                .isGreaterThan(0)
                .isLessThan(60);
        assertThat(scraped.value("ringpost_success_lag_seconds_bucket{le=\"259200.0\"}"))
                .isEqualTo(2 * CALLS);
    }

    @Test
    void whatWaitsIsCounted() {
        assertThat(scraped.value("ringpost_deliveries_waiting{place=\"fresh\"}"))
                .isZero();
        assertThat(scraped.value("ringpost_oldest_waiting_seconds{place=\"fresh\"}"))
                .isZero();
        assertThat(scraped.value("ringpost_oldest_waiting_seconds{place=\"queue\"}"))
                .isBetween(0.0, 60.0);
        assertThat(scraped.value("ringpost_breakers_open")).isEqualTo(1);
        assertThat(scraped.value("ringpost_attempts_in_flight")).isZero();
        assertThat(scraped.value("ringpost_results_unrecorded")).isZero();
        assertThat(scraped.value("ringpost_lanes")).isEqualTo(2);
        assertThat(scraped.value("ringpost_commands_waiting")).isZero();
    }

    @Test
    void commitsAreMeasured() {
        assertThat(scraped.value("ringpost_commit_duration_seconds_count"))
                .isGreaterThan(CALLS)
                .isEqualTo(scraped.value("ringpost_commit_batch_size_count"));
        assertThat(scraped.value("ringpost_commit_batch_size_sum")).isGreaterThan(4 * CALLS);
        assertThat(scraped.value("ringpost_commit_failures_total")).isZero();
        assertThat(scraped.value("ringpost_database_bytes")).isPositive();
        assertThat(scraped.value("ringpost_wal_bytes")).isPositive();
    }

    @Test
    void requestsAreCountedByOperationAndStatus() {
        assertThat(scraped.value("ringpost_http_requests_total{operation=\"POST /v1/reports\",status=\"200\"}"))
                .isEqualTo(CALLS);
        assertThat(scraped.value("ringpost_http_requests_total{operation=\"POST /v1/reports\",status=\"400\"}"))
                .isEqualTo(1);
        assertThat(scraped.value("ringpost_http_requests_total{operation=\"none\",status=\"404\"}"))
                .isEqualTo(1);
        assertThat(scraped.value("ringpost_http_request_duration_seconds_count{operation=\"POST /v1/reports\"}"))
                .isEqualTo(CALLS + 1);
        // The scrape itself.
        assertThat(scraped.value("ringpost_http_requests_in_flight")).isEqualTo(1);
    }

    @Test
    void theServerTellsHowItIs() {
        assertThat(scraped.value("ringpost_ready")).isEqualTo(1);
        assertThat(scraped.value("ringpost_build_info{version=\"" + Version.TEXT + "\"}"))
                .isEqualTo(1);
        assertThat(scraped.names())
                .contains(
                        "process_cpu_usage",
                        "process_uptime_seconds",
                        "process_files_open_files",
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads",
                        "disk_free_bytes");
        await().until(() -> now("ringpost_event_loop_delay_seconds_count") > 0);
    }

    @Test
    void aReplayIsAnAttemptAndNotLate() {
        Api api = server.api();
        String webhook = api.done(
                        "/v1/webhooks",
                        "{'url': '" + endpoint.url("/late") + "', 'events': ['call.started', 'call.ended']}")
                .get("id")
                .asText();
        double attempts = now("ringpost_attempts_total{outcome=\"succeeded\"}");
        api.done("/v1/webhooks/" + webhook + "/replay", "{'since': '2020-01-01T00:00:00Z', 'only': 'missing'}");
        await().until(() -> now("ringpost_attempts_total{outcome=\"succeeded\"}") >= attempts + 2 * CALLS);
        assertThat(now("ringpost_success_lag_seconds_count")).isEqualTo(2 * CALLS);
    }

    @Test
    void noLabelTellsOfAUser() {
        assertThat(text)
                .doesNotContain("wh_", "acct_", "call_1", "127.0.0.1", Integer.toString(endpoint.port()))
                .doesNotContain(LiveServer.KEY);
        assertThat(scraped.series().size()).isLessThan(2000);
    }
}
