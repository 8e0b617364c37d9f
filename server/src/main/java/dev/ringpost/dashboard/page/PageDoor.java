package dev.ringpost.dashboard.page;

import dev.ringpost.api.http.Answer;
import dev.ringpost.api.http.BodyReader;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.problem.Failures;
import dev.ringpost.dashboard.asset.Assets;
import dev.ringpost.dashboard.client.ApiConnection;
import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.client.PublicApi;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.layout.Frame;
import dev.ringpost.dashboard.layout.OwnKey;
import dev.ringpost.dashboard.session.Session;
import dev.ringpost.fairness.FairShares;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Takes a browser's request from its head to its page. */
public final class PageDoor {
    /** Pages that may be made at once; of a session as many as are left free. */
    private static final int MOST_AT_ONCE = 128;

    private static final int LARGEST_FORM = 256 << 10;
    private static final long FORM_MEMORY = 32L * LARGEST_FORM;

    private final Assets assets;
    private final Entrance entrance;
    private final ApiConnection api;
    private final Executor blocking;
    private final Renderer renderer;
    private final FairShares places = new FairShares(MOST_AT_ONCE);
    private final FairShares forms = new FairShares(FORM_MEMORY);

    /** @param blocking runs each task on a virtual thread of its own */
    public PageDoor(Assets assets, Entrance entrance, ApiConnection api, Executor blocking) {
        this.assets = assets;
        this.entrance = entrance;
        this.renderer = new Renderer(PageHeaders.of(entrance.framedBy()));
        this.api = api;
        this.blocking = blocking;
    }

    /** Called on the event loop of the request. */
    public void admit(RoutingContext routing, Page page) {
        HttpServerRequest http = routing.request();
        Context loop = routing.vertx().getOrCreateContext();
        Optional<Session> session = entrance.session(routing);
        long sharer = session.map(known -> (long) known.key().hashCode()).orElse(0L);
        Frame frame = frame(routing);
        form(http, page, sharer)
                .compose(form -> onVirtualThread(routing, page, form, session, sharer, frame, loop))
                .otherwise(failure -> renderer.reply(problemView(failure, page), frame, isPart(http)))
                // Not even the page that tells of a problem could be made.
                .otherwise(failure -> Reply.of(Failures.problemOf(failure, page.method() + " " + page.path())))
                .onSuccess(reply -> Answer.send(routing.vertx(), http, reply));
    }

    /** There is no such page. */
    public void admitNothing(RoutingContext routing) {
        Problem problem = new Problem(null, "Nothing here", 404, "There is no page at this address.", List.of());
        Reply reply = renderer.reply(View.refused(404, "problem.jte", problem), frame(routing), false);
        Answer.send(routing.vertx(), routing.request(), reply);
    }

    private Frame frame(RoutingContext routing) {
        HttpServerRequest http = routing.request();
        String theme = Cookies.find(http, "ringpost_theme")
                .filter(chosen -> chosen.equals("light") || chosen.equals("dark"))
                .orElse("");
        String base = entrance.base(routing);
        String path = http.path();
        return new Frame(assets, theme, base, path == null ? "/" : path.substring(within(path, base)), null);
    }

    /** Where a path goes on behind its base. */
    private static int within(String path, String base) {
        return path.startsWith(base) ? base.length() : 0;
    }

    private Future<String> form(HttpServerRequest http, Page page, long sharer) {
        if (!page.method().equals(HttpMethod.POST)) {
            http.resume();
            return Future.succeededFuture("");
        }
        BodyReader body = new BodyReader(http, LARGEST_FORM, forms, sharer);
        return body.read()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .onComplete(read -> body.release());
    }

    private Future<Reply> onVirtualThread(
            RoutingContext routing,
            Page page,
            String form,
            Optional<Session> session,
            long sharer,
            Frame frame,
            Context loop) {
        if (!places.tryTake(sharer, 1)) {
            throw new Refused(
                    new Problem(null, "Too busy", 503, "Too many pages are asked for at once; try again.", List.of()));
        }
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return make(routing, page, form, session, frame);
                    } finally {
                        places.giveBack(sharer, 1);
                    }
                },
                blocking);
        return Future.fromCompletionStage(reply, loop);
    }

    private Reply make(RoutingContext routing, Page page, String form, Optional<Session> session, Frame frame) {
        HttpServerRequest http = routing.request();
        if (page.method().equals(HttpMethod.POST) && !SameOrigin.sent(http)) {
            throw new Refused(new Problem(
                    null,
                    "Not from this site",
                    403,
                    "This form was not sent by a page of this server, so nothing was done.",
                    List.of()));
        }
        Visit visit = visit(routing, form, frame);
        return switch (page.maker()) {
            case Page.ForAnybody maker -> renderer.reply(maker.make(visit), frame, visit.part());
            case Page.ForSession maker ->
                session.map(known -> forSession(maker, visit, known, page))
                        .orElseGet(() -> renderer.reply(entrance.stranger(http), frame, visit.part()));
        };
    }

    private Visit visit(RoutingContext routing, String form, Frame frame) {
        HttpServerRequest http = routing.request();
        String query = http.query();
        return new Visit(
                Map.copyOf(routing.pathParams()),
                Parameters.parse(query == null ? "" : query),
                Parameters.parse(form),
                isPart(http),
                SameOrigin.overTls(http),
                frame,
                // The very address that the browser's request reached is the API's, too.
                asking -> new PublicApi(api, http.localAddress(), asking));
    }

    private Reply forSession(Page.ForSession maker, Visit visit, Session session, Page page) {
        PublicApi asking = visit.api().apply(session);
        Frame open = visit.frame();
        Frame frame = open;
        try {
            frame = open.of(asking.get("/v1/key", OwnKey.class));
            return renderer.reply(maker.make(new PageRequest(visit, session, asking, frame)), frame, visit.part());
        } catch (Refused refused) {
            if (refused.problem().status() == 401) {
                return renderer.reply(entrance.ended(visit), open, visit.part());
            }
            return renderer.reply(problemView(refused, page), frame, visit.part());
        } catch (RuntimeException failure) {
            return renderer.reply(problemView(failure, page), frame, visit.part());
        }
    }

    private static boolean isPart(HttpServerRequest http) {
        return http.headers().contains("hx-request");
    }

    private static View problemView(Throwable failure, Page page) {
        Throwable cause = failure.getCause() != null && !(failure instanceof Refused) ? failure.getCause() : failure;
        if (cause instanceof Refused refused) {
            return View.refused(refused.problem().status(), "problem.jte", refused.problem());
        }
        dev.ringpost.api.problem.Problem known = Failures.problemOf(failure, page.method() + " " + page.path());
        return View.refused(
                known.type().status(),
                "problem.jte",
                new Problem(null, known.type().title(), known.type().status(), known.detail(), List.of()));
    }
}
