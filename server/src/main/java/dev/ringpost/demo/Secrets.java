package dev.ringpost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signing secrets of the webhooks that lead to the demo's receiver, asked for through the API, so that webhooks made
 * while the demo runs are verified too. Blocks; safe for use by many threads.
 */
final class Secrets {
    private final ApiClient api;
    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    Secrets(ApiClient api) {
        this.api = api;
    }

    /** The secrets that may sign what comes to this URL, as they were known last. */
    List<String> of(String url, String path) {
        return known.computeIfAbsent(url, unknown -> ask(unknown, path));
    }

    /** The same, asked for anew: one may have been rotated. */
    List<String> refreshed(String url, String path) {
        known.remove(url);
        return of(url, path);
    }

    private List<String> ask(String url, String path) {
        if (path.startsWith(Plan.OWN)) {
            return List.of(api.get("/v1/signing-secret").path("secret").asText());
        }
        List<String> secrets = new ArrayList<>();
        for (JsonNode webhook : api.get("/v1/webhooks?limit=200").path("items")) {
            if (webhook.path("url").asText().equals(url)) {
                String id = webhook.path("id").asText();
                secrets.add(
                        api.get("/v1/webhooks/" + id + "/secret").path("secret").asText());
            }
        }
        return secrets;
    }
}
