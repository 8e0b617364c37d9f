package dev.ringpost.dashboard.overview;

import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page shows.
 *
 * @param failing webhooks whose last attempt failed, a few of them
 */
public record Overview(Range range, Stats stats, List<Webhook> failing) {
    /** The intervals in which something happened, the newest first. */
    public List<Stats.Item> busy() {
        return stats.items().reversed().stream().filter(Stats.Item::isBusy).toList();
    }

    /** What the charts draw, for the script that draws them. */
    public String chart() {
        return Charts.json(stats);
    }

    /** The attempts of an interval: what a spike is made of. */
    public String log(Stats.Item item) {
        return log(item, Map.of());
    }

    /** Its failed ones. */
    public String failedLog(Stats.Item item) {
        return log(item, Map.of("status", "failed"));
    }

    private String log(Stats.Item item, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(more);
        query.put("since", item.at());
        query.put("until", Instant.parse(item.at()).plus(length()).toString());
        return "/deliveries" + Parameters.query(query);
    }

    /** The failed attempts of the whole range. */
    public String allFailed() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("status", "failed");
        query.put("since", stats.since());
        return "/deliveries" + Parameters.query(query);
    }

    private Duration length() {
        return switch (stats.interval()) {
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
