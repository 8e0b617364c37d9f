package dev.ringpost.dashboard.signin;

import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.layout.OwnKey;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.page.Visit;
import dev.ringpost.dashboard.session.Session;
import dev.ringpost.dashboard.session.Sessions;
import dev.ringpost.portal.PortalLinks;
import java.util.List;

/** Signing in with an API key, and out again. */
public final class SignInPages {
    private static final String TEMPLATE = "signin.jte";
    private static final int LONGEST_KEY = 256;

    private final Sessions sessions;

    public SignInPages(Sessions sessions) {
        this.sessions = sessions;
    }

    public List<Page> pages() {
        return List.of(
                Page.openGet("/signin", SignInPages::show),
                Page.openPost("/signin", this::signIn),
                Page.openPost("/signout", this::signOut),
                Page.post("/act-for", this::actFor));
    }

    private static View show(Visit visit) {
        String notice =
                visit.query().has("ended") ? "Your session has ended, or its key was revoked. Sign in again." : "";
        return View.html(TEMPLATE, new SignInForm(ownPath(visit.query().text("next")), "", notice));
    }

    private View signIn(Visit visit) {
        String key = visit.form().text("key");
        String next = ownPath(visit.form().text("next"));
        if (key.startsWith(PortalLinks.PREFIX)) {
            return View.refused(
                    422, TEMPLATE, new SignInForm(next, "This belongs to a portal link: open the link itself.", ""));
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return View.refused(422, TEMPLATE, new SignInForm(next, "Paste an API key: it begins with rp_sk_.", ""));
        }
        Session session = sessions.begin(key);
        try {
            OwnKey known = visit.api().apply(session).get("/v1/key", OwnKey.class);
            return View.goTo(
                    known.scope().equals("reports") && next.equals("/") ? "/calls" : next,
                    sessions.keep(session, visit.overTls()));
        } catch (Refused refused) {
            Problem problem = refused.problem();
            return View.refused(problem.status(), TEMPLATE, new SignInForm(next, fault(problem), ""));
        }
    }

    private static String fault(Problem problem) {
        return switch (problem.status()) {
            case 401 -> "This key is unknown or was revoked.";
            case 403 -> "A web_calls key is for the pages of a site and can't sign in here; use one of another scope.";
            default -> problem.message();
        };
    }

    private View signOut(Visit visit) {
        return View.goTo("/signin", sessions.forget(visit.overTls()));
    }

    /** An operator looks at another account, or at its own again. */
    private View actFor(PageRequest request) {
        String account = request.form().text("account_id");
        Session session = request.session().actingFor(account.isEmpty() ? null : account);
        // Refuses where there is no such account, or the key may not.
        var _ = request.visit().api().apply(session).get("/v1/key", OwnKey.class);
        return View.goTo("/", sessions.keep(session, request.visit().overTls()));
    }

    /** A path of ours; never another site's, which a link to us could name. */
    private static String ownPath(String next) {
        boolean own =
                next.startsWith("/") && !next.startsWith("//") && next.chars().allMatch(c -> c > ' ' && c != '\\');
        return own ? next : "/";
    }
}
