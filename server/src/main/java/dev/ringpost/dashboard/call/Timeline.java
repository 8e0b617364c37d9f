package dev.ringpost.dashboard.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.dashboard.delivery.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what the API tells of a call in the order in which it happened. */
final class Timeline {
    private Timeline() {}

    static List<Moment> of(Call call, List<Event> events, List<Attempt> attempts) {
        List<Moment> moments = new ArrayList<>();
        add(moments, call.createdAt(), "Known to Ringpost", null);
        add(moments, call.scheduledAt(), "To be placed", null);
        add(moments, call.startedAt(), "Connected", null);
        add(moments, call.endedAt(), call.status().equals("failed") ? "Failed" : "Ended", call.reason());
        // Oldest first, where the lists are newest first: what has the same time keeps its order.
        events.reversed()
                .forEach(event -> moments.add(new Moment.Fired(
                        event.createdAt(), event.event(), event.sequence(), event.id(), text(event.payload()))));
        attempts.reversed().forEach(attempt -> moments.add(new Moment.Delivered(attempt.completedAt(), attempt)));
        moments.sort(Comparator.comparing(moment -> Instant.parse(moment.at())));
        return List.copyOf(moments);
    }

    private static void add(List<Moment> moments, @Nullable String at, String text, @Nullable String reason) {
        if (at != null) {
            moments.add(new Moment.Change(at, text, reason));
        }
    }

    static String text(JsonNode json) {
        return json.toPrettyString();
    }
}
