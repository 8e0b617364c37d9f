package dev.ringpost.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped (SIGSTOP) and goes on: time has passed that it knows nothing of. */
class StoppedProcessIT {
    private static final String KEY = "rp_sk_clockclockclockclockclockclockclock";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String[] OPTIONS = {"--bootstrap-key", KEY, "--allow-private-targets"};

    @TempDir
    Path folder;

    private final LocalEndpoint endpoint = new LocalEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aProcessThatWasStoppedGoesOn() {
        try (RingpostProcess server = RingpostProcess.start(folder, Map.of(), OPTIONS)) {
            Api api = new Api(server.url(), KEY);
            api.done("/v1/webhooks", webhook("/204", "[3600]"));
            api.done("/v1/webhooks", webhook("/500", "[4, 3600]"));
            report(api, "one", "connected");
            report(api, "two", "connected");
            await().atMost(PATIENCE).until(() -> endpoint.received("/500").size() == 2);

            server.signal("STOP");
            await().pollDelay(Duration.ofSeconds(8)).atMost(PATIENCE).until(() -> true);
            assertThat(endpoint.received("/500")).hasSize(2);
            server.signal("CONT");

            // Each has the one retry that became due, at once and once.
            await().atMost(PATIENCE).until(() -> endpoint.received("/500").size() == 4);
            report(api, "after", "connected");
            await().atMost(PATIENCE).until(() -> endpoint.received("/204").size() == 3);
            assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(endpoint.received("/500")).hasSizeBetween(4, 5);
        }
    }

    private String webhook(String path, String schedule) {
        return "{'url':'" + endpoint.url(path) + "','events':['call.started','call.ended'],'ordering':'none',"
                + "'retry_schedule':" + schedule + "}";
    }

    private static void report(Api api, String call, String type) {
        String report = "{'type':'" + type + "','external_id':'" + call + "','call':{'agent_id':'a','type':'inbound',"
                + "'from_number':'+493055501','to_number':'+493055502'}}";
        api.done("/v1/reports", report);
    }
}
