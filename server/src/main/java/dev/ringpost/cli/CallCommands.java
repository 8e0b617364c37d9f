package dev.ringpost.cli;

import static dev.ringpost.cli.RemoteOptions.arguments;
import static dev.ringpost.cli.RemoteOptions.subject;
import static dev.ringpost.cli.RemoteOptions.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.cli.remote.Table;
import dev.ringpost.cli.remote.Table.Column;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** Calls of a running server. */
final class CallCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/calls";
    private static final Table TABLE = new Table(List.of(
            Column.time("CREATED", "created_at"),
            Column.of("ID", "id"),
            Column.of("EXTERNAL ID", "external_id"),
            Column.of("AGENT", "agent_id"),
            Column.of("DIRECTION", "direction"),
            Column.state("STATUS", "status"),
            Column.of("SECONDS", "duration_seconds"),
            Column.of("OUTCOME", "outcome"),
            Column.of("FROM", "from_number"),
            Column.of("TO", "to_number")));
    private static final Table EVENTS = new Table(List.of(
            Column.time("CREATED", "created_at"),
            Column.of("NO", "sequence"),
            Column.of("EVENT", "event"),
            Column.of("ID", "id"),
            Column.of("PAYLOAD", "payload")));

    private final InstantSource clock;

    CallCommands(InstantSource clock) {
        this.clock = clock;
    }

    List<Command> commands() {
        ArgSpec call = subject("CALL_ID", "The call's id.");
        return List.of(
                RemoteAction.command(
                        "list",
                        "List calls, newest first.",
                        arguments(
                                text("--agent", "AGENT_ID", "Only those of this agent."),
                                text(
                                        "--status",
                                        "STATUS",
                                        "Only queued, initiated, in_progress, completed or failed ones."),
                                text("--external-id", "ID", "Only the one with this id of your own."),
                                text("--since", "TIME", "From when on: RFC 3339, or how long ago, such as 2h."),
                                text("--until", "TIME", "Until when."),
                                RemoteAction.limit()),
                        this::list),
                RemoteAction.command(
                        "get",
                        "Show a call with everything known.",
                        arguments(call),
                        action -> action.show(action.remote().get(path(action)))),
                RemoteAction.command(
                        "stop",
                        "End a call.",
                        arguments(call),
                        action -> action.show(action.remote().post(path(action) + "/stop", JSON.createObjectNode()))),
                RemoteAction.command(
                        "erase", "Erase a call that is over, and all that is known of it.", arguments(call), action -> {
                            action.remote().delete(path(action));
                            return 0;
                        }),
                RemoteAction.command(
                        "events",
                        "List what a call fired, newest first.",
                        arguments(call, RemoteAction.limit()),
                        action -> action.list(path(action) + "/events", Map.of(), EVENTS)));
    }

    private static String path(RemoteAction action) {
        return PATH + "/" + action.subject();
    }

    private int list(RemoteAction action) {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("agent_id", action.option("--agent"));
        filters.put("status", action.option("--status"));
        filters.put("external_id", action.option("--external-id"));
        filters.put("since", Times.moment(clock, "--since", action.option("--since")));
        filters.put("until", Times.moment(clock, "--until", action.option("--until")));
        return action.list(PATH, filters, TABLE);
    }
}
