package dev.ringpost.dashboard.signin;

import dev.ringpost.dashboard.page.Cookies;
import dev.ringpost.dashboard.page.Entrance;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import dev.ringpost.dashboard.page.Visit;
import dev.ringpost.dashboard.session.Session;
import dev.ringpost.dashboard.session.Sessions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** For who has an API key. */
public final class SignInEntrance implements Entrance {
    private final Sessions sessions;

    public SignInEntrance(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String base(RoutingContext routing) {
        return "";
    }

    @Override
    public Optional<Session> session(RoutingContext routing) {
        return Cookies.find(routing.request(), Sessions.COOKIE).flatMap(sessions::find);
    }

    /** To where one signs in, and from there back to the page that was asked for. */
    @Override
    public View stranger(HttpServerRequest request) {
        if (request.headers().contains("hx-request")) {
            return View.goTo("/signin?ended");
        }
        boolean comesBack = request.method().equals(HttpMethod.GET);
        return View.goTo("/signin" + (comesBack ? Parameters.query(Map.of("next", request.uri())) : ""));
    }

    @Override
    public View ended(Visit visit) {
        return View.goTo("/signin?ended", sessions.forget(visit.overTls()));
    }

    @Override
    public Set<String> framedBy() {
        return Set.of();
    }
}
