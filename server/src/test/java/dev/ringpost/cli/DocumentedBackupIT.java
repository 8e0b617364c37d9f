package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.running.Api;
import dev.ringpost.running.LocalEndpoint;
import dev.ringpost.running.RingpostProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/backup.md: a backup while reports come in, the loss of all data, and a restore. */
class DocumentedBackupIT {
    private static final String KEY = "rp_sk_backupbackupbackupbackup";

    @TempDir
    Path folder;

    @Test
    void whatWasBackedUpIsThereAgain() throws Exception {
        DocumentedCommands commands =
                DocumentedCommands.in(DocsFile.of("backup.md").text());
        Map<String, String> places = Map.of(
                "DATA", folder.resolve("data").toString(),
                "BACKUP", folder.resolve("backup").toString(),
                "KEYS", folder.resolve("keys").toString());
        AtomicInteger reported = new AtomicInteger();
        String secret;
        int before;
        try (LocalEndpoint endpoint = new LocalEndpoint();
                RingpostProcess server = start()) {
            Api api = new Api(server.url(), KEY);
            secret = api.done("/v1/webhooks", "{'url': '" + endpoint.url("/hook") + "', 'events': ['call.started']}")
                    .get("secret")
                    .asText();
            AtomicBoolean enough = new AtomicBoolean();
            Thread reports = Thread.ofVirtual().start(() -> {
                while (!enough.get()) {
                    report(api, reported.incrementAndGet());
                }
            });
            await().until(() -> reported.get() > 50);
            before = reported.get() - 1;
            commands.run(0, 2, folder, places);
            enough.set(true);
            reports.join();
        }
        assertThat(commands.lastLine(folder, 0)).isEqualTo("ok");
        commands.run(2, 3, folder, places);
        try (LocalEndpoint endpoint = new LocalEndpoint();
                RingpostProcess server = start()) {
            Api api = new Api(server.url(), KEY);
            String webhook = Api.json(api.get("/v1/webhooks")).at("/items/0/id").asText();
            assertThat(Api.json(api.get("/v1/webhooks/" + webhook + "/secret"))
                            .get("secret")
                            .asText())
                    .isEqualTo(secret);
            assertThat(Api.json(api.get("/v1/calls?external_id=backup-" + before))
                            .at("/items/0/status")
                            .asText())
                    .isEqualTo("in_progress");
            api.done("/v1/webhooks", "{'url': '" + endpoint.url("/new") + "', 'events': ['call.started']}");
            report(api, reported.incrementAndGet());
            await().until(() -> endpoint.received("/new").size() == 1);
        }
    }

    private RingpostProcess start() {
        return RingpostProcess.start(folder, Map.of(), "--allow-private-targets", "--bootstrap-key", KEY);
    }

    private static void report(Api api, int call) {
        api.done(
                "/v1/reports",
                "{'type': 'connected', 'external_id': 'backup-" + call
                        + "', 'call': {'agent_id': 'a', 'type': 'inbound',"
                        + " 'from_number': null, 'to_number': null}}");
    }
}
