package dev.ringpost.cli;

import dev.ringpost.cli.remote.Remote;
import dev.ringpost.sender.TargetUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What all commands take that talk to a running server. */
final class RemoteOptions {
    static final Option<URI> SERVER = new Option<>(
            "server",
            new OptionType<>("URL", "an http or https URL without user, path and query", RemoteOptions::server, false),
            "http://127.0.0.1:8080",
            "Where the server is.");

    static final Option<String> KEY = new Option<>(
            "key",
            OptionType.secret("an API key", Pattern.compile("[!-~]{1,256}")),
            null,
            "An API key. Better in the environment: others on this machine see the command line.");

    static final List<Option<?>> ALL = List.of(SERVER, KEY);

    private static final String JSON = "--json";
    private static final String ACCOUNT = "--account";

    private RemoteOptions() {}

    private static Optional<URI> server(String text) {
        boolean isUrl = TargetUrl.check(text, CallEngineChoice.POLICY).faults().isEmpty();
        if (!isUrl) {
            return Optional.empty();
        }
        URI url = URI.create(text);
        boolean isBare = (url.getRawPath().isEmpty() || url.getRawPath().equals("/")) && url.getRawQuery() == null;
        return isBare ? Optional.of(URI.create(text.replaceFirst("/$", ""))) : Optional.empty();
    }

    /** The arguments of a command with those that all of them take. */
    static List<ArgSpec> arguments(ArgSpec... own) {
        List<ArgSpec> all = new ArrayList<>(List.of(own));
        all.add(text(ACCOUNT, "ACCOUNT_ID", "The account to act for, with an operator's key."));
        all.add(yes(JSON, "Print the API's own JSON: one document, or a line for each item of a list."));
        return all;
    }

    /** @throws BadSetting where there is no key */
    static Remote connect(Settings settings, ParseResult parsed) {
        String key = settings.find(KEY)
                .orElseThrow(() -> new BadSetting("there is no API key: set " + KEY.environmentVariable()
                        + " in the environment, or give " + KEY.flag()));
        return new Remote(
                new Remote.Access(settings.get(SERVER), key, parsed.matchedOptionValue(ACCOUNT, (String) null)));
    }

    static boolean wantsJson(ParseResult parsed) {
        return parsed.matchedOptionValue(JSON, false);
    }

    static OptionSpec text(String flag, String placeholder, String help) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(placeholder)
                .description(help)
                .build();
    }

    static OptionSpec required(String flag, String placeholder, String help) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .required(true)
                .paramLabel(placeholder)
                .description(help)
                .build();
    }

    static OptionSpec yes(String flag, String help) {
        return OptionSpec.builder(flag).type(boolean.class).description(help).build();
    }

    /** May be given several times. */
    static OptionSpec texts(String flag, String placeholder, String help) {
        return OptionSpec.builder(flag)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(placeholder)
                .description(help)
                .build();
    }

    /** The one thing that a command is about. */
    static PositionalParamSpec subject(String placeholder, String help) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .arity("1")
                .required(true)
                .paramLabel(placeholder)
                .description(help)
                .build();
    }
}
