package dev.ringpost.cli;

import static dev.ringpost.cli.RemoteOptions.arguments;
import static dev.ringpost.cli.RemoteOptions.required;
import static dev.ringpost.cli.RemoteOptions.subject;
import static dev.ringpost.cli.RemoteOptions.text;
import static dev.ringpost.cli.RemoteOptions.texts;
import static dev.ringpost.cli.RemoteOptions.yes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ringpost.cli.remote.Remote;
import dev.ringpost.cli.remote.ReplayProgress;
import dev.ringpost.cli.remote.Table;
import dev.ringpost.cli.remote.Table.Column;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** Webhooks of a running server. */
final class WebhookCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/webhooks";
    private static final Table TABLE = new Table(List.of(
            Column.of("ID", "id"),
            Column.of("NAME", "name"),
            Column.state("STATUS", "status"),
            new Column("HEALTH", webhook -> webhook.at("/health/state").asText(), true),
            new Column("WAITING", webhook -> webhook.at("/health/waiting").asText(), false),
            Column.of("URL", "url"),
            Column.of("EVENTS", "events")));

    private final InstantSource clock;

    WebhookCommands(InstantSource clock) {
        this.clock = clock;
    }

    List<Command> commands() {
        return List.of(
                RemoteAction.command(
                        "list",
                        "List webhooks, newest first.",
                        arguments(
                                text("--status", "active|inactive", "Only these."),
                                text(
                                        "--kind",
                                        "account|call",
                                        "The account's own (default), or those of single calls."),
                                RemoteAction.limit()),
                        WebhookCommands::list),
                RemoteAction.command("get", "Show a webhook.", arguments(webhook()), WebhookCommands::get),
                RemoteAction.command(
                        "create",
                        "Register an endpoint and print it with its secret.",
                        arguments(
                                required("--url", "URL", "Where events go."),
                                required("--events", "EVENTS", "Which, with commas between."),
                                text("--name", "NAME", "What it is called (default: the URL's host)."),
                                settings()),
                        action -> action.show(action.remote().post(PATH, fields(action)))),
                RemoteAction.command(
                        "update",
                        "Change a webhook.",
                        arguments(
                                webhook(),
                                text("--url", "URL", "Where events go from now on."),
                                text("--events", "EVENTS", "All that it gets from now on, with commas between."),
                                text("--name", "NAME", "What it is called."),
                                settings()),
                        action -> change(action, fields(action))),
                RemoteAction.command(
                        "pause", "Send nothing for now.", arguments(webhook()), action -> status(action, "inactive")),
                RemoteAction.command(
                        "resume",
                        "Send again, what waits at once.",
                        arguments(webhook()),
                        action -> status(action, "active")),
                RemoteAction.command(
                        "delete", "Delete a webhook, and what waits for it.", arguments(webhook()), this::delete),
                RemoteAction.command(
                        "test",
                        "Send a sample now; exit code 1 where the receiver does not take it.",
                        arguments(webhook(), text("--event", "EVENT", "Which (default: the first it gets).")),
                        this::test),
                RemoteAction.command(
                        "rotate-secret",
                        "Change the signing secret; the old one signs along for a while.",
                        arguments(
                                webhook(),
                                text("--overlap-seconds", "N", "For how long, up to 604800 (default 86400).")),
                        this::rotate),
                RemoteAction.command(
                        "replay",
                        "Send events of the past again, and wait until that is done.",
                        arguments(
                                webhook(),
                                required("--since", "TIME", "From when on: RFC 3339, or how long ago, such as 2h."),
                                text("--until", "TIME", "Until when (default: now)."),
                                text("--only", "failed|missing|all", "Which (default failed)."),
                                text("--events", "EVENTS", "Only these, with commas between."),
                                yes("--no-wait", "Only start it.")),
                        this::replay));
    }

    private static ArgSpec webhook() {
        return subject("WEBHOOK_ID", "The webhook's id.");
    }

    private static ArgSpec settings() {
        return texts("--set", "FIELD=VALUE", "Any other field of the API, its value as JSON, such as rate_limit=50.");
    }

    private static int list(RemoteAction action) {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("status", action.option("--status"));
        filters.put("kind", action.option("--kind"));
        return action.list(PATH, filters, TABLE);
    }

    private static int get(RemoteAction action) {
        return action.show(action.remote().get(PATH + "/" + action.subject()));
    }

    private static int status(RemoteAction action, String status) {
        return change(action, JSON.createObjectNode().put("status", status));
    }

    private static int change(RemoteAction action, ObjectNode fields) {
        return action.show(action.remote().patch(PATH + "/" + action.subject(), fields));
    }

    private int delete(RemoteAction action) {
        action.remote().delete(PATH + "/" + action.subject());
        return 0;
    }

    private int test(RemoteAction action) {
        ObjectNode body = JSON.createObjectNode();
        String event = action.option("--event");
        if (event != null) {
            body.put("event", event);
        }
        Remote.Answer attempt = action.remote().post(PATH + "/" + action.subject() + "/test", body);
        action.show(attempt);
        return attempt.json().path("status").asText().equals("succeeded") ? 0 : 1;
    }

    private int rotate(RemoteAction action) {
        int overlap = action.number("--overlap-seconds", 86_400, 0, 604_800);
        ObjectNode body = JSON.createObjectNode().put("overlap_seconds", overlap);
        return action.show(action.remote().post(PATH + "/" + action.subject() + "/rotate-secret", body));
    }

    private int replay(RemoteAction action) throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("since", Times.moment(clock, "--since", action.option("--since")));
        String until = action.option("--until");
        if (until != null) {
            body.put("until", Times.moment(clock, "--until", until));
        }
        String only = action.option("--only");
        if (only != null) {
            body.put("only", only);
        }
        putEvents(body, action);
        Remote.Answer job = action.remote().post(PATH + "/" + action.subject() + "/replay", body);
        boolean waits = !action.parsed().matchedOptionValue("--no-wait", false);
        if (waits) {
            job = new ReplayProgress(action.remote(), action.console().progress()).await(job);
        }
        action.show(job);
        return waits && job.json().path("status").asText().equals("cancelled") ? 1 : 0;
    }

    private static ObjectNode fields(RemoteAction action) {
        ObjectNode fields = JSON.createObjectNode();
        for (String name : List.of("url", "name")) {
            String value = action.option("--" + name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        putEvents(fields, action);
        List<String> more = action.parsed().matchedOptionValue("--set", List.of());
        for (String setting : more) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new BadSetting("--set: \"" + setting + "\" is not FIELD=VALUE");
            }
            fields.set(setting.substring(0, equals), value(setting.substring(equals + 1)));
        }
        return fields;
    }

    private static void putEvents(ObjectNode body, RemoteAction action) {
        String events = action.option("--events");
        if (events != null) {
            for (String event : events.split(",", -1)) {
                body.withArray("events").add(event.strip());
            }
        }
    }

    /** JSON where it is such, else a text. */
    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
