package dev.ringpost.dashboard;

import dev.ringpost.dashboard.asset.Assets;
import dev.ringpost.dashboard.call.CallPages;
import dev.ringpost.dashboard.client.ApiConnection;
import dev.ringpost.dashboard.delivery.DeliveryPages;
import dev.ringpost.dashboard.delivery.LogPages;
import dev.ringpost.dashboard.key.KeyPages;
import dev.ringpost.dashboard.overview.OverviewPages;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageDoor;
import dev.ringpost.dashboard.replay.ReplayPages;
import dev.ringpost.dashboard.session.Sessions;
import dev.ringpost.dashboard.signin.AccountPages;
import dev.ringpost.dashboard.signin.SignInPages;
import dev.ringpost.dashboard.source.SourcePages;
import dev.ringpost.dashboard.webhook.WaitingPages;
import dev.ringpost.dashboard.webhook.WebhookFormPages;
import dev.ringpost.dashboard.webhook.WebhookLogPages;
import dev.ringpost.dashboard.webhook.WebhookPages;
import dev.ringpost.secret.SealedTokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** All pages, and what they load. */
public final class Dashboard implements AutoCloseable {
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Assets assets = Assets.load();
    private final ApiConnection api;
    private final PageDoor door;
    private final List<Page> pages;

    /** @param tokens seal the cookies of sessions */
    public Dashboard(Vertx vertx, SealedTokens tokens, InstantSource clock) {
        this.api = new ApiConnection(vertx);
        Sessions sessions = new Sessions(tokens, clock);
        this.door = new PageDoor(assets, sessions, api, virtualThreads);
        this.pages = Stream.of(
                        new OverviewPages(clock).pages(),
                        new SignInPages(sessions).pages(),
                        new AccountPages().pages(),
                        new CallPages().pages(),
                        new ReplayPages().pages(),
                        new SourcePages().pages(),
                        new KeyPages().pages(),
                        new WebhookFormPages().pages(),
                        new WebhookPages().pages(),
                        new WebhookLogPages().pages(),
                        new WaitingPages().pages(),
                        new LogPages().pages(),
                        new DeliveryPages().pages())
                .flatMap(List::stream)
                // Literal paths before those with an id, which would take their last segment for one.
                .sorted(Comparator.comparing(page -> page.path().contains(":")))
                .toList();
    }

    /** Adds the pages behind what the router has. */
    public void addTo(Router router) {
        assets.addTo(router);
        for (Page page : pages) {
            router.route(page.method(), page.path()).handler(routing -> door.admit(routing, page));
            if (page.method().equals(HttpMethod.GET)) {
                router.route(HttpMethod.HEAD, page.path()).handler(routing -> door.admit(routing, page));
            }
        }
        router.get().handler(this::nothing);
    }

    /** People get a page that says so, programs a problem document. */
    private void nothing(RoutingContext routing) {
        String accept = routing.request().getHeader("accept");
        String path = routing.request().path();
        if (accept != null && accept.contains("text/html") && path != null && !path.startsWith("/v1/")) {
            door.admitNothing(routing);
        } else {
            routing.next();
        }
    }

    @Override
    public void close() {
        api.close();
        virtualThreads.shutdown();
    }
}
