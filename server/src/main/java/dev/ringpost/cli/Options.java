package dev.ringpost.cli;

import dev.ringpost.log.LogFormat;
import dev.ringpost.log.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Everything that can be set: flags, environment variables and the file's keys all come from this table. */
final class Options {
    static final Option<Integer> PORT = new Option<>(
            "port", OptionType.wholeNumber(0, 65535), "8080", "Port of the HTTP API; 0 takes any that is free.");

    static final Option<String> HOST = new Option<>(
            "host",
            OptionType.host(),
            "127.0.0.1",
            "Address that the HTTP API listens on; 0.0.0.0 for all of this machine.");

    static final Option<Path> DATA = new Option<>(
            "data", OptionType.path(), "./data", "Folder for the database and the master key; made if it is missing.");

    static final Option<Boolean> ALLOW_PRIVATE_TARGETS = new Option<>(
            "allow-private-targets",
            OptionType.yesOrNo(),
            "false",
            "Webhooks may go to loopback, private and link-local addresses, and to http URLs.");

    static final Option<Boolean> ALLOW_HTTP_TARGETS = new Option<>(
            "allow-http-targets", OptionType.yesOrNo(), "false", "Webhooks may go to http URLs, not only to https.");

    static final Option<String> BOOTSTRAP_KEY = new Option<>(
            "bootstrap-key",
            OptionType.secret("rp_sk_ and 16 to 128 letters and digits", Pattern.compile("rp_sk_[0-9A-Za-z]{16,128}")),
            null,
            "An operator key of the account \"default\" that exists from the start, in place of one that is made up.");

    static final Option<CallEngineChoice> CALL_ENGINE = new Option<>(
            "call-engine",
            OptionType.callEngine(),
            "none",
            "Who places the calls that are created: your own engine unasked (none), an engine that is told by POST to this URL,"
                    + " or a simulator that plays them.");

    static final Option<Double> SIMULATOR_SPEED = new Option<>(
            "simulator-speed",
            OptionType.number("0.1", "1000"),
            "1",
            "How many times faster than real time the simulator plays calls.");

    static final Option<Duration> ANALYSIS_WAIT = new Option<>(
            "analysis-wait",
            OptionType.duration("0", "1h"),
            "10s",
            "How long call.ended waits for the call's analysis; 0: not at all.");

    static final Option<Duration> CALL_TIMEOUT = new Option<>(
            "call-timeout",
            OptionType.duration("1s", "30d"),
            "6h",
            "A call without any report for so long is given up as lost.");

    static final Option<Duration> RETENTION = new Option<>(
            "retention",
            OptionType.duration("1s", "3650d"),
            "30d",
            "How long payloads, attempts and ended calls are kept; a retry_schedule must fit inside.");

    static final Option<String> OPS_WEBHOOK = new Option<>(
            "ops-webhook",
            OptionType.operatorUrl(),
            null,
            "URL that is told when a webhook fails, recovers, is disabled, or gives up a delivery; of any account.");

    static final Option<Integer> MAX_WEBHOOKS = new Option<>(
            "max-webhooks", OptionType.wholeNumber(1, 1_000_000), "1000", "How many webhooks an account may have.");

    static final Option<Set<String>> CORS_ORIGINS = new Option<>(
            "cors-origins",
            OptionType.origins(),
            null,
            "Origins whose pages may call the API from a browser, with commas between; * for every one.");

    static final Option<Boolean> DASHBOARD = new Option<>(
            "dashboard", OptionType.yesOrNo(), "true", "Pages for people are served on the API's port, from / on.");

    static final Option<String> PUBLIC_URL = new Option<>(
            "public-url",
            OptionType.origin(),
            null,
            "Where browsers reach this server, for portal links; without it, where the link was asked for, by http.");

    static final Option<Set<String>> PORTAL_FRAME_ANCESTORS = new Option<>(
            "portal-frame-ancestors",
            OptionType.origins(),
            null,
            "Origins whose pages may show the customer portal in a frame, with commas between; * for every one.");

    static final Option<LogFormat> LOG_FORMAT = new Option<>(
            "log-format",
            OptionType.oneOf(LogFormat.class),
            "text",
            "How log lines on stderr look: for people (text) or for programs (json).");

    static final Option<LogLevel> LOG_LEVEL = new Option<>(
            "log-level",
            OptionType.oneOf(LogLevel.class),
            "info",
            "From which level on lines are logged; debug has a line for each attempt.");

    /** All, in the order in which help and documentation show them. */
    static final List<Option<?>> ALL = List.of(
            PORT,
            HOST,
            DATA,
            ALLOW_PRIVATE_TARGETS,
            ALLOW_HTTP_TARGETS,
            BOOTSTRAP_KEY,
            CALL_ENGINE,
            SIMULATOR_SPEED,
            ANALYSIS_WAIT,
            CALL_TIMEOUT,
            RETENTION,
            OPS_WEBHOOK,
            MAX_WEBHOOKS,
            CORS_ORIGINS,
            DASHBOARD,
            PUBLIC_URL,
            PORTAL_FRAME_ANCESTORS,
            LOG_FORMAT,
            LOG_LEVEL);

    private Options() {}
}
