package dev.ringpost.dashboard.portal;

import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.layout.OwnKey;
import dev.ringpost.dashboard.layout.PortalTerms;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.page.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Where a portal link leads: to its own pages, which are those of the dashboard under a path of the link's own. */
public final class PortalPages {
    static final String START = "/webhooks";
    private static final String BASE = PortalVisit.PATH + ":" + PortalEntrance.LINK;

    private final InstantSource clock;

    public PortalPages(InstantSource clock) {
        this.clock = clock;
    }

    /** @param shared pages of the dashboard that a portal has too */
    public List<Page> pages(Stream<Page> shared) {
        return Stream.concat(
                        Stream.of(Page.openGet(BASE, this::open), Page.get(BASE + "/theme.css", PortalPages::theme)),
                        shared.map(page -> new Page(page.method(), BASE + page.path(), page.maker())))
                .toList();
    }

    /** Changes the token of the path for a cookie, so that it stands in no later path, where logs and histories have it. */
    private View open(Visit visit) {
        String link = visit.pathParameters().getOrDefault(PortalEntrance.LINK, "");
        if (!PortalVisit.isToken(link)) {
            return View.goTo(START);
        }
        PortalVisit opened = PortalVisit.of(link);
        try {
            PortalTerms terms = visit.api()
                    .apply(opened.session())
                    .get("/v1/key", OwnKey.class)
                    .portalLink();
            if (terms == null) {
                return PortalEntrance.ended();
            }
            Duration left = Duration.between(clock.instant(), Instant.parse(terms.expiresAt()));
            return View.goTo(START, opened.cookie(left, visit.overTls()));
        } catch (Refused refused) {
            if (refused.problem().status() == 401) {
                return PortalEntrance.ended();
            }
            throw refused;
        }
    }

    private static View theme(PageRequest request) {
        OwnKey key = request.frame().key();
        PortalTerms terms = key == null ? null : key.portalLink();
        return new View.Style(terms == null ? "" : ThemeStyle.of(terms.theme()));
    }
}
