package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.StatsInput;
import dev.ringpost.api.output.StatsJson;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers over time. */
final class StatsRoutes {
    private final ApiParts parts;

    StatsRoutes(ApiParts parts) {
        this.parts = parts;
    }

    List<Operation> operations() {
        return List.of(Operation.list("/v1/stats", Access.READING, this::get));
    }

    private Reply get(Request request) {
        StatsInput asked = StatsInput.of(request, parts.ids());
        List<Counts> items = items(request.account(), asked);
        Standing now = asked.webhook() == null ? parts.records().standing(request.account()) : null;
        return Reply.ok(json -> StatsJson.write(json, asked, items, now));
    }

    /** One for each interval. */
    private List<Counts> items(long account, StatsInput asked) {
        Interval stored = asked.interval() == Interval.DAY ? Interval.HOUR : asked.interval();
        long endpoint = asked.webhook() == null ? Counted.WHOLE_ACCOUNT : asked.webhook();
        Map<Instant, Counts> found = new HashMap<>();
        for (Counted counted : parts.records().counts(account, endpoint, stored, asked.since(), asked.until())) {
            found.merge(asked.interval().startOf(counted.at()), counted.counts(), Counts::plus);
        }
        List<Counts> items = new ArrayList<>();
        for (Instant at = asked.since();
                at.isBefore(asked.until());
                at = at.plus(asked.interval().length())) {
            items.add(found.getOrDefault(at, Counts.NONE));
        }
        return items;
    }
}
