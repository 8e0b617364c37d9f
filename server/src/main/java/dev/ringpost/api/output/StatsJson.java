package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.input.StatsInput;
import dev.ringpost.stats.Counts;
import dev.ringpost.store.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers over time. */
public final class StatsJson {
    private StatsJson() {}

    /**
     * @param items of each interval from the first on
     * @param now null: not told
     */
    public static void write(JsonGenerator json, StatsInput asked, List<Counts> items, @Nullable Standing now)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("interval", StatsInput.wireName(asked.interval()));
        Members.time(json, "since", asked.since());
        Members.time(json, "until", asked.until());
        json.writeArrayFieldStart("items");
        Instant at = asked.since();
        for (Counts counts : items) {
            json.writeStartObject();
            Members.time(json, "at", at);
            writeCounts(json, counts);
            json.writeEndObject();
            at = at.plus(asked.interval().length());
        }
        json.writeEndArray();
        writeTotals(json, items);
        writeNow(json, now);
        json.writeEndObject();
    }

    private static void writeTotals(JsonGenerator json, List<Counts> items) throws IOException {
        Counts totals = items.stream().reduce(Counts.NONE, Counts::plus);
        json.writeObjectFieldStart("totals");
        writeCounts(json, totals);
        Members.number(json, "success_rate", totals.attempts().successRate());
        json.writeEndObject();
    }

    private static void writeCounts(JsonGenerator json, Counts counts) throws IOException {
        json.writeNumberField("events", counts.events());
        json.writeNumberField("deliveries_succeeded", counts.deliveriesSucceeded());
        json.writeNumberField("deliveries_failed", counts.deliveriesFailed());
        json.writeNumberField("attempts_succeeded", counts.attempts().succeeded());
        json.writeNumberField("attempts_failed", counts.attempts().failed());
        writeLag(json, "lag_p50_ms", counts.lag().quantile(0.5));
        writeLag(json, "lag_p99_ms", counts.lag().quantile(0.99));
    }

    private static void writeLag(JsonGenerator json, String name, OptionalLong millis) throws IOException {
        if (millis.isPresent()) {
            json.writeNumberField(name, millis.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    private static void writeNow(JsonGenerator json, @Nullable Standing now) throws IOException {
        if (now == null) {
            json.writeNullField("now");
            return;
        }
        json.writeObjectFieldStart("now");
        json.writeNumberField("waiting", now.waiting());
        json.writeNumberField("webhooks_failing", now.failing());
        json.writeNumberField("webhooks_open", now.open());
        json.writeEndObject();
    }
}
