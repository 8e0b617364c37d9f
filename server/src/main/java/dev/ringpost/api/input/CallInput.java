package dev.ringpost.api.input;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call is created with. */
public final class CallInput {
    static final int LONGEST_EXTERNAL_ID = 128;
    static final int LONGEST_URL = 2048;

    private static final int LONGEST_NUMBER = 255;
    public static final int LONGEST_AGENT_ID = 255;
    /** A calendar's worth: whoever plans further ahead has mistaken a unit or a century. */
    private static final Duration FURTHEST_AHEAD = Duration.ofDays(366);

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{1,14}");

    private final UrlRule urls;

    public CallInput(UrlRule urls) {
        this.urls = urls;
    }

    /** The body of POST /v1/calls; worth something only where no fault was found. */
    public CallSpec outbound(Fields body, Instant arrivedAt) {
        String from = numberToDial(body, "from_number");
        String to = numberToDial(body, "to_number");
        return spec(body, arrivedAt, body.text("external_id", 1, LONGEST_EXTERNAL_ID), Direction.OUTBOUND, from, to);
    }

    /** The body of POST /v1/calls/web; worth something only where no fault was found. */
    public CallSpec web(Fields body, Instant arrivedAt) {
        return spec(body, arrivedAt, body.text("external_id", 1, LONGEST_EXTERNAL_ID), Direction.WEB, null, null);
    }

    /** A report's {@code call}; worth something only where no fault was found. */
    CallSpec reported(Fields call, String externalId, Instant arrivedAt) {
        Direction direction = call.choice("type", Direction.values(), Direction::wireName);
        if (direction == null && call.value("type") == null) {
            call.fault("type", "is required");
        }
        String from = call.text("from_number", LONGEST_NUMBER);
        String to = call.text("to_number", LONGEST_NUMBER);
        if (direction == Direction.WEB) {
            mustBeNull(call, "from_number", from);
            mustBeNull(call, "to_number", to);
        }
        return spec(call, arrivedAt, externalId, direction == null ? Direction.OUTBOUND : direction, from, to);
    }

    private CallSpec spec(
            Fields fields,
            Instant arrivedAt,
            @Nullable String externalId,
            Direction direction,
            @Nullable String from,
            @Nullable String to) {
        String agentId = fields.requiredText("agent_id", LONGEST_AGENT_ID);
        Instant scheduledAt = scheduledAt(fields, arrivedAt);
        Json variables = fields.object("variables");
        Json overrides = fields.object("overrides");
        Json metadata = fields.object("metadata");
        CallWebhook webhook = webhook(fields);
        fields.done();
        return new CallSpec(
                externalId, agentId, direction, from, to, scheduledAt, variables, overrides, metadata, webhook);
    }

    /** A time that is past means now. */
    private static @Nullable Instant scheduledAt(Fields fields, Instant arrivedAt) {
        Instant time = fields.time("scheduled_at");
        if (time != null && time.isAfter(arrivedAt.plus(FURTHEST_AHEAD))) {
            fields.fault("scheduled_at", "must be at most " + FURTHEST_AHEAD.toDays() + " days ahead");
        }
        return time;
    }

    private @Nullable CallWebhook webhook(Fields fields) {
        String url = fields.text("webhook_url", LONGEST_URL);
        CallWebhook.Mode mode = fields.choice("webhook_mode", CallWebhook.Mode.values(), CallWebhook.Mode::wireName);
        Set<EventType> events = events(fields, "webhook_events");
        if (url == null) {
            mustBeNull(fields, "webhook_mode", mode);
            mustBeNull(fields, "webhook_events", events);
            return null;
        }
        for (String fault : urls.faults(url)) {
            fields.fault("webhook_url", fault);
        }
        return new CallWebhook(
                url, mode == null ? CallWebhook.Mode.INSTEAD : mode, events == null ? EventType.OF_CALLS : events, 0);
    }

    private static void mustBeNull(Fields fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.fault(name, name.startsWith("webhook_") ? "needs a webhook_url" : "must be null on a web call");
        }
    }

    /** One or more different events; null where the field is absent. */
    static @Nullable Set<EventType> events(Fields fields, String name) {
        List<EventType> events =
                fields.choices(name, EventType.OF_CALLS.toArray(EventType[]::new), EventType::wireName);
        if (events == null) {
            return null;
        }
        var value = fields.value(name);
        if (value != null && value.isArray() && value.isEmpty()) {
            fields.fault(name, "must name at least one event");
        }
        return events.isEmpty() ? EnumSet.noneOf(EventType.class) : EnumSet.copyOf(events);
    }

    private static String numberToDial(Fields body, String name) {
        String number = body.requiredText(name, LONGEST_NUMBER);
        if (!number.isEmpty() && !NUMBER.matcher(number).matches()) {
            body.fault(name, "must be a number to dial such as +4915112345678: +, then 2 to 15 digits, no 0 first");
        }
        return number;
    }
}
