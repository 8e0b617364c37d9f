package dev.ringpost.dashboard.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.dashboard.layout.Spans;
import dev.ringpost.dashboard.page.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form of a webhook, in the texts that stand in its fields. It checks nothing: what is no number goes to the API as it
 * is, which says what it should be.
 */
public record WebhookForm(
        String name,
        String url,
        List<String> events,
        String secret,
        String agentIds,
        List<String> directions,
        String timeoutSeconds,
        String retrySchedule,
        String ordering,
        String maxInFlight,
        String rateLimit,
        String maxBodyBytes,
        String signature,
        String headers) {
    static final List<String> FIELDS = List.of(
            "name",
            "url",
            "events",
            "secret",
            "agent_ids",
            "directions",
            "timeout_seconds",
            "retry_schedule",
            "ordering",
            "max_in_flight",
            "rate_limit",
            "max_body_bytes",
            "signature",
            "headers");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A new webhook's, with the defaults of the API. */
    static WebhookForm blank() {
        return new WebhookForm(
                "",
                "",
                List.of(),
                "",
                "",
                List.of(),
                "10",
                "5s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h",
                "call",
                "32",
                "",
                "",
                "v1",
                "");
    }

    static WebhookForm of(Webhook webhook) {
        return new WebhookForm(
                webhook.name(),
                webhook.url(),
                webhook.events(),
                "",
                webhook.agentIds() == null ? "" : String.join("\n", webhook.agentIds()),
                webhook.directions() == null ? List.of() : webhook.directions(),
                Integer.toString(webhook.timeoutSeconds()),
                webhook.retries(),
                webhook.ordering(),
                Integer.toString(webhook.maxInFlight()),
                webhook.rateLimit() == null ? "" : webhook.rateLimit().toString(),
                webhook.maxBodyBytes() == null ? "" : webhook.maxBodyBytes().toString(),
                webhook.signature(),
                webhook.headers().entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n")));
    }

    /** As it was sent. */
    static WebhookForm of(Parameters form) {
        return new WebhookForm(
                form.text("name"),
                form.text("url"),
                form.all("events"),
                form.text("secret"),
                form.text("agent_ids"),
                form.all("directions"),
                form.text("timeout_seconds"),
                form.text("retry_schedule"),
                form.text("ordering"),
                form.text("max_in_flight"),
                form.text("rate_limit"),
                form.text("max_body_bytes"),
                form.text("signature"),
                form.text("headers"));
    }

    /** The body of POST /v1/webhooks. */
    ObjectNode creation() {
        ObjectNode body = options();
        text(body, "name", name);
        text(body, "secret", secret);
        text(body, "signature", signature);
        body.put("url", url);
        body.set("events", texts(events));
        return body;
    }

    /** The body of PATCH /v1/webhooks/{id}. */
    ObjectNode change(Webhook current) {
        ObjectNode body = options();
        body.put("name", name);
        if (!current.isOfCalls()) {
            body.put("url", url);
            body.set("events", texts(events));
            text(body, "signature", signature);
        }
        return body;
    }

    private ObjectNode options() {
        ObjectNode body = JSON.objectNode();
        List<String> agents = entries(agentIds, "[\\n,]");
        body.set("agent_ids", agents.isEmpty() ? JSON.nullNode() : texts(agents));
        body.set("directions", directions.isEmpty() ? JSON.nullNode() : texts(directions));
        number(body, "timeout_seconds", timeoutSeconds);
        ArrayNode retries = body.putArray("retry_schedule");
        for (String pause : entries(retrySchedule, "[\\n,]")) {
            long seconds = Spans.parse(pause);
            var _ = seconds < 0 ? retries.add(pause) : retries.add(seconds);
        }
        text(body, "ordering", ordering);
        number(body, "max_in_flight", maxInFlight);
        numberOrNull(body, "rate_limit", rateLimit);
        numberOrNull(body, "max_body_bytes", maxBodyBytes);
        ObjectNode sent = body.putObject("headers");
        for (String line : entries(headers, "\\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon).strip();
            sent.put(name, colon < 0 ? "" : line.substring(colon + 1).strip());
        }
        return body;
    }

    private static List<String> entries(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static void text(ObjectNode body, String name, String text) {
        if (!text.isEmpty()) {
            body.put(name, text);
        }
    }

    private static void numberOrNull(ObjectNode body, String name, String text) {
        if (text.isEmpty()) {
            body.putNull(name);
        } else {
            number(body, name, text);
        }
    }

    /** As a number where it is one, else as it is; nothing where it is empty. */
    static void number(ObjectNode body, String name, String text) {
        try {
            if (!text.isEmpty()) {
                body.put(name, Long.parseLong(text));
            }
        } catch (NumberFormatException e) {
            body.put(name, text);
        }
    }
}
