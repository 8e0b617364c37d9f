package dev.ringpost.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.cli.LiveServer;
import dev.ringpost.running.Api;
import dev.ringpost.running.LocalEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole server with its pages, and a receiver for what it delivers. */
final class LiveDashboard implements AfterAllCallback {
    final LocalEndpoint receiver = new LocalEndpoint();
    private final Path data = newFolder();
    private final LiveServer server = new LiveServer(data);

    /** The API with the operator's key. */
    Api api() {
        return server.api();
    }

    /** A browser of nobody yet. */
    Browser stranger() {
        return new Browser(server.api().server());
    }

    /** A browser where the operator has signed in. */
    Browser operator() {
        return signedIn(LiveServer.KEY);
    }

    Browser signedIn(String key) {
        Browser browser = stranger();
        browser.post("/signin", "key", key).expect(303);
        return browser;
    }

    /** A new account; its id. */
    String newAccount(String name) {
        return api().done("/v1/accounts", "{'name': '" + name + "'}").path("id").asText();
    }

    String newKey(String account, String scope) {
        return api().done("/v1/accounts/" + account + "/keys", "{'scope': '" + scope + "'}")
                .path("key")
                .asText();
    }

    /** Registers a webhook of the operator's account; its id. */
    String webhook(String path, String more) {
        return api().done(
                        "/v1/webhooks",
                        "{'url': '" + receiver.url(path) + "', 'events': ['call.started', 'call.failed']" + more + "}")
                .path("id")
                .asText();
    }

    /** A call of the operator's account that fails at once; its id. */
    String failedCall(String externalId) {
        JsonNode answer = api().done(
                        "/v1/reports",
                        "{'type': 'failed', 'reason': 'busy', 'external_id': '" + externalId
                                + "', 'call': {'agent_id': 'a', 'type': 'web'}}");
        if (answer.at("/items/0/events").isEmpty()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.at("/items/0/call_id").asText();
    }

    /** Sends a test; the id of its delivery. */
    String test(String webhook) {
        return api().done("/v1/webhooks/" + webhook + "/test", "{}")
                .path("delivery_id")
                .asText();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("ringpost-dashboard");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server.close();
        receiver.close();
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
