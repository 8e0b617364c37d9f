package dev.ringpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.cli.remote.Remote;
import dev.ringpost.cli.remote.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** One run of a command against a server: what it was told, and how it shows what it got. */
record RemoteAction(Remote remote, ParseResult parsed, Console console, boolean json) {
    private static final String LIMIT = "--limit";
    private static final int PAGE = 100;

    /** What a command does. */
    @FunctionalInterface
    interface Step {
        /** Returns the exit code. */
        int run(RemoteAction action) throws Exception;
    }

    static Command command(String name, String description, List<ArgSpec> arguments, Step step) {
        return new Command(name, description, RemoteOptions.ALL, arguments, (settings, parsed, console) -> {
            try (Remote remote = RemoteOptions.connect(settings, parsed)) {
                return step.run(new RemoteAction(remote, parsed, console, RemoteOptions.wantsJson(parsed)));
            }
        });
    }

    static ArgSpec limit() {
        return RemoteOptions.text(LIMIT, "N", "How many at most (default 50).");
    }

    @Nullable
    String option(String flag) {
        return parsed.matchedOptionValue(flag, (String) null);
    }

    /** What the command is about, as a part of a path. */
    String subject() {
        return Remote.segment(parsed.matchedPositionalValue(0, ""));
    }

    /** Shows a thing: its own JSON, or its members one below the other. */
    int show(Remote.Answer answer) {
        if (json) {
            console.print(answer.text());
        } else {
            Details.lines(answer.json()).forEach(console::print);
        }
        return 0;
    }

    /** Shows a list: a line for each item, page after page until there are as many as wanted. */
    int list(String path, Map<String, @Nullable String> filters, Table table) {
        int wanted = number(LIMIT, 50, 1, 100_000);
        String cursor = "";
        List<JsonNode> rows = new ArrayList<>();
        int shown = 0;
        while (cursor != null && shown < wanted) {
            Map<String, @Nullable String> query = new LinkedHashMap<>(cursor.isEmpty() ? filters : Map.of());
            query.put("limit", Integer.toString(Math.min(PAGE, wanted - shown)));
            query.put("cursor", cursor);
            Remote.Answer page = remote.get(Remote.path(path, query));
            if (json) {
                page.items().forEach(item -> console.print(new String(item, UTF_8)));
            } else {
                page.json().path("items").forEach(rows::add);
            }
            shown += page.json().path("items").size();
            cursor = page.json().path("next_cursor").textValue();
        }
        if (!json) {
            table.lines(rows, console.style()).forEach(console::print);
        }
        return 0;
    }

    int number(String flag, int standard, int least, int most) {
        String text = option(flag);
        if (text == null) {
            return standard;
        }
        return new Option<>(flag.substring(2), OptionType.wholeNumber(least, most), null, "").parse(text, flag);
    }
}
