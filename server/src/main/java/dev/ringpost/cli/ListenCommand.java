package dev.ringpost.cli;

import static dev.ringpost.cli.RemoteOptions.arguments;
import static dev.ringpost.cli.RemoteOptions.required;
import static dev.ringpost.cli.RemoteOptions.text;

import dev.ringpost.call.EventType;
import dev.ringpost.cli.remote.Forwarder;
import dev.ringpost.cli.remote.ListenPrinter;
import dev.ringpost.cli.remote.Listener;
import dev.ringpost.sender.TargetUrl;
import dev.ringpost.signing.WebhookSecret;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends an account's events to a local server, for as long as it runs. */
final class ListenCommand {
    private static final String FORWARD = "--forward";
    private static final String EVENTS = "--events";
    private static final String AFTER = "--after";
    private static final String SECRET = "--secret";

    private final InstantSource clock;

    ListenCommand(InstantSource clock) {
        this.clock = clock;
    }

    Command command() {
        return RemoteAction.command(
                "listen",
                "Send the account's events to a local server as webhooks, until Ctrl-C.",
                arguments(
                        required(FORWARD, "URL", "Where they go, such as http://localhost:3000/hook."),
                        text(EVENTS, "EVENTS", "Which, with commas between (default: all)."),
                        text(AFTER, "EVENT_ID", "Begin behind this event (default: with what comes from now on)."),
                        text(SECRET, "SECRET", "Sign with this one (default: the account's signing secret).")),
                this::listen);
    }

    private int listen(RemoteAction action) throws InterruptedException {
        URI target = target(action.option(FORWARD));
        Listener.Wanted wanted =
                new Listener.Wanted(events(action.option(EVENTS)), action.option(AFTER), secret(action.option(SECRET)));
        Console console = action.console();
        ListenPrinter printer = new ListenPrinter(
                console::print,
                console::complain,
                new ListenPrinter.Style(action.json(), console.colours(), ZoneId.systemDefault()),
                clock,
                target);
        try (Forwarder forwarder = new Forwarder(target, Version.TEXT, clock)) {
            new Listener(action.remote(), forwarder, wanted, printer, Thread::sleep).listen();
        }
        return 0;
    }

    private static URI target(@Nullable String text) {
        if (text == null
                || !TargetUrl.check(text, CallEngineChoice.POLICY).faults().isEmpty()) {
            throw new BadSetting(FORWARD + ": \"" + text + "\" is not an http or https URL without user");
        }
        return URI.create(text);
    }

    private static Set<String> events(@Nullable String text) {
        Set<String> events = new LinkedHashSet<>();
        if (text != null) {
            for (String event : text.split(",", -1)) {
                events.add(named(EVENTS, event.strip()).wireName());
            }
        }
        return events;
    }

    /** @throws BadSetting where no call fires such an event */
    static EventType named(String flag, String name) {
        for (EventType type : EventType.OF_CALLS) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        List<String> known =
                EventType.OF_CALLS.stream().map(EventType::wireName).toList();
        String hint = Names.closest(name, known)
                .map(close -> "; did you mean " + close + "?")
                .orElse("; there are " + known.stream().collect(Collectors.joining(", ")));
        throw new BadSetting(flag + ": there is no event \"" + name + "\"" + hint);
    }

    private static @Nullable WebhookSecret secret(@Nullable String text) {
        try {
            return text == null ? null : WebhookSecret.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadSetting(SECRET + ": " + e.getMessage());
        }
    }
}
