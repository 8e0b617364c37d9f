package dev.ringpost.dashboard.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.dashboard.page.FormTimes;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.webhook.Webhook;
import java.util.List;

/**
 * Where a replay is asked for.
 *
 * @param events which are sent again; none: all that the webhook gets
 * @param fault why it was refused; empty: it was not
 */
public record ReplayForm(Webhook webhook, String since, String until, String only, List<String> events, String fault) {
    /** The events that can be sent again: a partial is worth something only while it is fresh. */
    public List<String> replayable() {
        return webhook.events().stream()
                .filter(event -> !event.equals("transcript.partial"))
                .toList();
    }

    static ReplayForm empty(Webhook webhook) {
        return new ReplayForm(webhook, "", "", "failed", List.of(), "");
    }

    static ReplayForm filled(Webhook webhook, Parameters form) {
        return new ReplayForm(
                webhook, form.text("since"), form.text("until"), form.text("only"), form.all("events"), "");
    }

    ReplayForm refused(String why) {
        return new ReplayForm(webhook, since, until, only, events, why);
    }

    /** As the API takes it. */
    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("since", FormTimes.time(since));
        if (!until.isEmpty()) {
            body.put("until", FormTimes.time(until));
        }
        body.put("only", only);
        if (!events.isEmpty()) {
            ArrayNode chosen = body.putArray("events");
            events.forEach(chosen::add);
        }
        return body;
    }
}
