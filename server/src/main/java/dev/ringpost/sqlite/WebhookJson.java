package dev.ringpost.sqlite;

import dev.ringpost.call.Direction;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.WebhookOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A webhook's options and secrets as JSON. The names are in the database: they never change. */
final class WebhookJson {
    private Set<String> agentIds = Set.of();
    private Set<Direction> directions = Set.of();
    private Duration timeout = WebhookOptions.DEFAULT.timeout();
    private List<Duration> schedule = List.of();
    private Ordering ordering = Ordering.CALL;
    private int maxInFlight = WebhookOptions.DEFAULT.maxInFlight();
    private @Nullable Integer rateLimit;
    private @Nullable Integer maxBodyBytes;

    private WebhookJson() {}

    /** All but the headers: those may hold a password and are sealed. */
    static String writeOptions(WebhookOptions options) {
        byte[] json = JsonSink.write(sink -> {
            sink.texts("agents", options.agentIds());
            sink.texts(
                    "directions",
                    options.directions().stream().map(Direction::wireName).toList());
            sink.number("timeout_ms", options.timeout().toMillis());
            sink.texts(
                    "schedule",
                    options.retrySchedule().stream().map(Duration::toString).toList());
            sink.text("ordering", options.ordering().wireName());
            sink.number("max_in_flight", options.maxInFlight());
            sink.numberOrNull("rate_limit", options.rateLimit());
            sink.numberOrNull("max_body_bytes", options.maxBodyBytes());
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Most webhooks have all by default, and there may be very many in memory: they share it. */
    static WebhookOptions readOptions(String json, Map<String, String> headers) {
        WebhookOptions options = readOptionsAlone(json, headers);
        return options.equals(WebhookOptions.DEFAULT) ? WebhookOptions.DEFAULT : options;
    }

    private static WebhookOptions readOptionsAlone(String json, Map<String, String> headers) {
        WebhookJson options = new WebhookJson();
        JsonSource.read(json.getBytes(StandardCharsets.UTF_8), options::field);
        List<Duration> schedule = options.schedule;
        List<Duration> standard = WebhookOptions.DEFAULT.retrySchedule();
        return new WebhookOptions(
                options.agentIds,
                options.directions,
                options.timeout,
                schedule.equals(standard) ? standard : schedule,
                options.ordering,
                options.maxInFlight,
                options.rateLimit,
                options.maxBodyBytes,
                headers);
    }

    /** Of what {@link #writeOptions} wrote, or of these two fields of it. */
    static Filters readFilters(String json) {
        WebhookJson options = new WebhookJson();
        JsonSource.read(json.getBytes(StandardCharsets.UTF_8), options::field);
        return new Filters(Set.copyOf(options.agentIds), options.directions);
    }

    static byte[] writeSecrets(Secrets secrets) {
        return JsonSink.write(sink -> {
            sink.list("secrets", secrets.signing(), (entry, secret) -> {
                entry.text("text", secret.text());
                entry.time("until", secret.validUntil());
            });
            if (!secrets.headers().isEmpty()) {
                sink.object("headers", body -> {
                    for (Map.Entry<String, String> header : secrets.headers().entrySet()) {
                        body.text(header.getKey(), header.getValue());
                    }
                });
            }
        });
    }

    static Secrets readSecrets(byte[] json) {
        List<SigningSecret> signing = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        JsonSource.read(json, (name, value) -> {
            switch (name) {
                case "secrets" -> signing.addAll(value.list(WebhookJson::readSecret));
                case "headers" -> value.object((header, text) -> headers.put(header, text.text()));
                default -> {}
            }
        });
        return new Secrets(signing, headers);
    }

    private static SigningSecret readSecret(JsonSource source) throws IOException {
        SecretFields fields = new SecretFields();
        source.object(fields::field);
        return new SigningSecret(fields.text, fields.until);
    }

    private void field(String name, JsonSource value) throws IOException {
        switch (name) {
            case "agents" -> agentIds = new LinkedHashSet<>(value.texts());
            case "directions" -> directions = readDirections(value.texts());
            case "timeout_ms" -> timeout = Duration.ofMillis(value.number());
            case "schedule" ->
                schedule = value.texts().stream().map(Duration::parse).toList();
            case "ordering" -> ordering = Ordering.valueOf(value.text().toUpperCase(Locale.ROOT));
            case "max_in_flight" -> maxInFlight = value.small();
            case "rate_limit" -> rateLimit = value.small();
            case "max_body_bytes" -> maxBodyBytes = value.small();
            default -> {}
        }
    }

    private static Set<Direction> readDirections(List<String> names) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (String name : names) {
            directions.add(Direction.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return directions;
    }

    /**
     * Which calls a webhook is for.
     *
     * @param agentIds empty: of all agents
     * @param directions empty: of all directions
     */
    record Filters(Set<String> agentIds, Set<Direction> directions) {}

    /** What is sealed of a webhook or an account. */
    record Secrets(List<SigningSecret> signing, Map<String, String> headers) {}

    private static final class SecretFields {
        private String text = "";
        private @Nullable Instant until;

        private void field(String name, JsonSource value) throws IOException {
            switch (name) {
                case "text" -> text = value.text();
                case "until" -> until = value.time();
                default -> {}
            }
        }
    }
}
