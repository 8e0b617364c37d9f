package dev.ringpost.dashboard.delivery;

import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attempt log, with new rows coming in. */
public final class LogPages {
    public List<Page> pages() {
        return List.of(
                Page.get("/deliveries", request -> View.html("delivery/log.jte", log(request, ""))),
                Page.get("/deliveries/newer", request -> newer(request, "")));
    }

    /** @param owner the path of the webhook; empty: the whole account's */
    public static Log log(PageRequest request, String owner) {
        String cursor = request.query().text("cursor");
        Map<String, String> filters = Log.filters(request.query());
        Attempt.Items found = ask(request, owner, filters, cursor);
        Paging paging = new Paging(owner + "/deliveries", filters, found.nextCursor(), cursor.isEmpty());
        return new Log(found.items(), filters, paging, Log.Mark.NONE, false);
    }

    /** The rows that came since a page was shown, up to as many as a page has. */
    public static View newer(PageRequest request, String owner) {
        Map<String, String> filters = Log.filters(request.query());
        Log.Mark mark = Log.Mark.of(request.query());
        Map<String, String> asked = new LinkedHashMap<>(filters);
        if (!mark.completedAt().isEmpty()) {
            asked.put("since", mark.completedAt());
        }
        Attempt.Items found = ask(request, owner, asked, "");
        List<Attempt> newer = found.items().stream()
                .takeWhile(row -> !row.id().equals(mark.id()))
                .toList();
        if (newer.isEmpty()) {
            return new View.Unchanged();
        }
        Paging paging = new Paging(owner + "/deliveries", filters, null, true);
        boolean gap = newer.size() == found.items().size() && found.nextCursor() != null;
        return View.html("delivery/newer.jte", new Log(newer, filters, paging, mark, gap));
    }

    private static Attempt.Items ask(PageRequest request, String owner, Map<String, String> filters, String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        parameters.put("cursor", cursor);
        return request.api().get("/v1" + owner + "/deliveries" + Parameters.query(parameters), Attempt.Items.class);
    }
}
