package dev.ringpost.dashboard.portal;

import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.page.Cookies;
import dev.ringpost.dashboard.page.Entrance;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.page.Visit;
import dev.ringpost.dashboard.session.Session;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For who was given a portal link. */
public final class PortalEntrance implements Entrance {
    static final String LINK = "link";

    private static final String NO_LINK = "none";

    private final Set<String> framedBy;

    /** @param framedBy origins whose pages may show the portal in a frame, or {@code *} */
    public PortalEntrance(Set<String> framedBy) {
        this.framedBy = framedBy;
    }

    @Override
    public String base(RoutingContext routing) {
        String link = String.valueOf(routing.pathParam(LINK));
        if (PortalVisit.isToken(link)) {
            return PortalVisit.PATH + PortalVisit.of(link).id();
        }
        // It comes to stand in the page, so nothing else that somebody may have put into the path does.
        return PortalVisit.PATH + (PortalVisit.isId(link) ? link : NO_LINK);
    }

    /** The cookie of another link counts for nothing, should a browser send one. */
    @Override
    public Optional<Session> session(RoutingContext routing) {
        return Cookies.find(routing.request(), PortalVisit.COOKIE)
                .map(PortalVisit::of)
                .filter(visit -> visit.id().equals(routing.pathParam(LINK)))
                .map(PortalVisit::session);
    }

    @Override
    public View stranger(HttpServerRequest request) {
        return ended(request.headers().contains("hx-request"));
    }

    @Override
    public View ended(Visit visit) {
        return ended(visit.part());
    }

    /** Where a part of a page was asked for, the whole page must tell. */
    private static View ended(boolean part) {
        return part ? View.goTo(PortalPages.START) : ended();
    }

    @Override
    public Set<String> framedBy() {
        return framedBy;
    }

    static View ended() {
        return View.refused(
                401,
                "portal/ended.jte",
                new Problem(
                        null,
                        "This link has ended",
                        401,
                        "Go back to the site where you found it and open it from there again. If it still ends here, the"
                                + " browser keeps no cookie for it: allow cookies for this site.",
                        List.of()));
    }
}
