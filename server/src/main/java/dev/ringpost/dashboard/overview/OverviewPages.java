package dev.ringpost.dashboard.overview;

import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.webhook.Webhook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first page. */
public final class OverviewPages {
    private static final int FAILING_SHOWN = 20;

    private final InstantSource clock;

    public OverviewPages(InstantSource clock) {
        this.clock = clock;
    }

    public List<Page> pages() {
        return List.of(Page.get("/", this::show));
    }

    private View show(PageRequest request) {
        if (request.frame().key() != null && request.frame().key().scope().equals("reports")) {
            // It may read calls, and nothing else.
            return View.goTo("/calls");
        }
        Range range = Range.of(request.query().text("range"));
        Instant now = clock.instant();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("since", now.minus(range.length()).toString());
        query.put("until", now.toString());
        query.put("interval", range.interval());
        Stats stats = request.api().get("/v1/stats" + Parameters.query(query), Stats.class);
        return View.html("overview/show.jte", new Overview(range, stats, failing(request, stats)));
    }

    private static List<Webhook> failing(PageRequest request, Stats stats) {
        return stats.now().troubled() == 0
                ? List.of()
                : request.api()
                        .get("/v1/webhooks?failing=true&cursor=&limit=" + FAILING_SHOWN, Webhook.Items.class)
                        .items();
    }
}
