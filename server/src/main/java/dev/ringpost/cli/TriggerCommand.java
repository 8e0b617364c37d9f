package dev.ringpost.cli;

import static dev.ringpost.cli.RemoteOptions.arguments;
import static dev.ringpost.cli.RemoteOptions.subject;
import static dev.ringpost.cli.RemoteOptions.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.call.EventType;
import dev.ringpost.cli.remote.Remote;
import dev.ringpost.cli.remote.RemoteFailure;
import dev.ringpost.cli.remote.SampleCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fires a sample event: by the public API, with reports of a call that nobody makes. */
final class TriggerCommand {
    private static final String EXTERNAL_ID = "--external-id";
    private static final String TO_URL = "--to-url";
    private static final int LOOKS = 12;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final InstantSource clock;

    TriggerCommand(InstantSource clock) {
        this.clock = clock;
    }

    Command command() {
        return RemoteAction.command(
                "trigger",
                "Fire a sample event, by reporting a call up to it, and print what came of it.",
                arguments(
                        subject("EVENT", "Which, such as call.ended."),
                        text(EXTERNAL_ID, "ID", "Of the call; one that is there goes on (default: a new one)."),
                        text(TO_URL, "URL", "Gets the events of a new call too, beside the account's webhooks.")),
                this::trigger);
    }

    private int trigger(RemoteAction action) throws InterruptedException {
        EventType event = ListenCommand.named("EVENT", action.parsed().matchedPositionalValue(0, ""));
        String externalId = action.option(EXTERNAL_ID);
        String name = externalId == null ? "trigger-" + Long.toString(clock.millis(), 36) : externalId;
        JsonNode answer = new SampleCall(name, action.option(TO_URL), clock.instant()).report(action.remote(), event);
        String call = "";
        List<String> fired = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            if (item.has("error")) {
                action.console().complain(item.at("/error/detail").asText());
                return 1;
            }
            call = item.path("call_id").asText();
            item.path("events").forEach(id -> fired.add(id.asText()));
        }
        if (action.json()) {
            action.console().print(answer.toString());
            return 0;
        }
        show(action, call, fired, event);
        return 0;
    }

    private static void show(RemoteAction action, String call, List<String> fired, EventType event)
            throws InterruptedException {
        Console console = action.console();
        console.print("call    " + call);
        console.print("events  " + (fired.isEmpty() ? "none: these reports were known" : String.join(" ", fired)));
        List<JsonNode> log = fired.isEmpty() ? List.of() : log(action.remote(), call, event);
        if (log == null) {
            return;
        }
        if (log.isEmpty()) {
            console.print("No webhook has got one of them within "
                    + BETWEEN.multipliedBy(LOOKS).toSeconds() + " s.");
            return;
        }
        console.print("");
        DeliveryCommands.TABLE.lines(log, console.style()).forEach(console::print);
    }

    /** What was sent of the call once something of the event was; null where the key may not see that. */
    private static @Nullable List<JsonNode> log(Remote remote, String call, EventType event)
            throws InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        for (int look = 0; look < LOOKS; look++) {
            rows.clear();
            boolean[] isThere = {false};
            JsonNode items;
            try {
                items = remote.get("/v1/calls/" + Remote.segment(call) + "/deliveries?limit=200")
                        .json()
                        .path("items");
            } catch (RemoteFailure e) {
                return null;
            }
            items.forEach(row -> {
                rows.add(row);
                isThere[0] |= row.path("event").asText().equals(event.wireName());
            });
            if (isThere[0]) {
                return rows;
            }
            Thread.sleep(BETWEEN);
        }
        return rows;
    }
}
