package dev.ringpost.dashboard.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.delivery.Attempt;
import dev.ringpost.dashboard.page.FormTimes;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of calls, and one of them. */
public final class CallPages {
    private static final List<String> FILTERS = List.of("agent_id", "status", "external_id", "since", "until");

    /** As many as a page of the API has at most: a call with more is cut, and says so. */
    private static final int MOST = 200;

    public List<Page> pages() {
        return List.of(
                Page.get("/calls", CallPages::list),
                Page.get("/calls/:id", CallPages::show),
                Page.post("/calls/:id/stop", CallPages::stop),
                Page.post("/calls/:id/erase", CallPages::erase));
    }

    private static View list(PageRequest request) {
        Map<String, String> filters = request.query().filled(FILTERS);
        filters.computeIfPresent("since", (name, time) -> FormTimes.time(time));
        filters.computeIfPresent("until", (name, time) -> FormTimes.time(time));
        String cursor = request.query().text("cursor");
        Map<String, String> query = new LinkedHashMap<>(filters);
        query.put("cursor", cursor);
        Call.Calls calls = request.api().get("/v1/calls" + Parameters.query(query), Call.Calls.class);
        Paging paging = new Paging("/calls", filters, calls.nextCursor(), cursor.isEmpty());
        return View.html("call/list.jte", new CallView.CallList(calls.items(), filters, paging));
    }

    private static View show(PageRequest request) {
        String path = "/v1/calls/" + request.id();
        Call call = request.api().get(path, Call.class);
        List<Event> events = List.of();
        List<Attempt> attempts = List.of();
        boolean hidden = false;
        try {
            String page = "?cursor=&limit=" + MOST;
            events = request.api()
                    .get(path + "/events" + page, Event.Events.class)
                    .items();
            attempts = request.api()
                    .get(path + "/deliveries" + page, Attempt.Items.class)
                    .items();
        } catch (Refused refused) {
            if (refused.problem().status() != 403) {
                throw refused;
            }
            // A key that reports calls may read them, and not what became of them.
            hidden = true;
        }
        boolean cut = events.size() == MOST || attempts.size() == MOST;
        return View.html(
                "call/show.jte",
                new CallView(call, Timeline.of(call, events, attempts), Said.of(call.messages()), cut, hidden));
    }

    private static View stop(PageRequest request) {
        var _ = request.api()
                .post("/v1/calls/" + request.id() + "/stop", JsonNodeFactory.instance.objectNode(), Call.class);
        return View.goTo("/calls/" + request.id());
    }

    private static View erase(PageRequest request) {
        request.api().delete("/v1/calls/" + request.id());
        return View.goTo("/calls");
    }
}
