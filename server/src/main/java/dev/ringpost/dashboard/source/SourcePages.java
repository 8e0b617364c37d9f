package dev.ringpost.dashboard.source;

import dev.ringpost.dashboard.call.Call;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import java.util.List;

/** How reports come in, and what came last. */
public final class SourcePages {
    private static final int SHOWN = 10;

    public List<Page> pages() {
        return List.of(Page.get("/sources", SourcePages::show));
    }

    private static View show(PageRequest request) {
        List<Call> last = request.api()
                .get("/v1/calls?cursor=&limit=" + SHOWN, Call.Calls.class)
                .items();
        return View.html("source/show.jte", new Sources(request.session().actingFor(), last));
    }
}
