package dev.ringpost.cli;

import static dev.ringpost.cli.RemoteOptions.arguments;
import static dev.ringpost.cli.RemoteOptions.subject;
import static dev.ringpost.cli.RemoteOptions.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.cli.remote.Remote;
import dev.ringpost.cli.remote.Table;
import dev.ringpost.cli.remote.Table.Column;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** The attempt log of a running server. */
final class DeliveryCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/deliveries";

    static final Table TABLE = new Table(List.of(
            Column.time("COMPLETED", "completed_at"),
            Column.of("EVENT", "event"),
            Column.state("STATUS", "status"),
            Column.of("TRY", "attempt"),
            Column.of("ANSWER", "response_status"),
            new Column("TOOK", row -> Table.show(row.path("duration_ms")) + " ms", false),
            Column.of("DELIVERY", "delivery_id"),
            Column.time("NEXT", "next_retry_at"),
            Column.of("URL", "url"),
            Column.of("ERROR", "error")));

    private static final Table ATTEMPTS = new Table(List.of(
            Column.time("COMPLETED", "completed_at"),
            Column.state("STATUS", "status"),
            Column.of("TRY", "attempt"),
            Column.of("ANSWER", "response_status"),
            new Column("TOOK", row -> Table.show(row.path("duration_ms")) + " ms", false),
            Column.time("NEXT", "next_retry_at"),
            Column.of("ERROR", "error")));

    private final InstantSource clock;

    DeliveryCommands(InstantSource clock) {
        this.clock = clock;
    }

    List<Command> commands() {
        ArgSpec delivery = subject("DELIVERY_ID", "The delivery's id.");
        return List.of(
                RemoteAction.command(
                        "list",
                        "List attempts, newest first.",
                        arguments(
                                text("--webhook", "WEBHOOK_ID", "Only those to this webhook."),
                                text("--call", "CALL_ID", "Only those of this call."),
                                text("--event", "EVENT", "Only of this kind of event."),
                                text("--event-id", "EVENT_ID", "Only of this event."),
                                text("--status", "succeeded|failed|cancelled|superseded", "Only these."),
                                text("--final", "true|false", "Only those that ended their delivery, or did not."),
                                text("--since", "TIME", "From when on: RFC 3339, or how long ago, such as 2h."),
                                text("--until", "TIME", "Until when."),
                                RemoteAction.limit()),
                        this::list),
                RemoteAction.command(
                        "get", "Show a delivery and all its attempts.", arguments(delivery), DeliveryCommands::get),
                RemoteAction.command(
                        "retry", "Send a delivery again now.", arguments(delivery), DeliveryCommands::retry));
    }

    private int list(RemoteAction action) {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("webhook_id", action.option("--webhook"));
        filters.put("call_id", action.option("--call"));
        filters.put("event", action.option("--event"));
        filters.put("event_id", action.option("--event-id"));
        filters.put("status", action.option("--status"));
        filters.put("final", action.option("--final"));
        filters.put("since", Times.moment(clock, "--since", action.option("--since")));
        filters.put("until", Times.moment(clock, "--until", action.option("--until")));
        return action.list(PATH, filters, TABLE);
    }

    private static int get(RemoteAction action) {
        return show(action, action.remote().get(PATH + "/" + action.subject()));
    }

    private static int retry(RemoteAction action) {
        return show(action, action.remote().post(PATH + "/" + action.subject() + "/retry", JSON.createObjectNode()));
    }

    private static int show(RemoteAction action, Remote.Answer answer) {
        if (action.json() || !(answer.json() instanceof ObjectNode delivery)) {
            return action.show(answer);
        }
        List<JsonNode> attempts = new ArrayList<>();
        delivery.path("attempts").forEach(attempts::add);
        delivery.remove("attempts");
        Details.lines(delivery).forEach(action.console()::print);
        action.console().print("");
        ATTEMPTS.lines(attempts, action.console().style()).forEach(action.console()::print);
        return 0;
    }
}
