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
import dev.ringpost.dashboard.portal.PortalEntrance;
import dev.ringpost.dashboard.portal.PortalPages;
import dev.ringpost.dashboard.replay.ReplayPages;
import dev.ringpost.dashboard.session.Sessions;
import dev.ringpost.dashboard.signin.AccountPages;
import dev.ringpost.dashboard.signin.SignInEntrance;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** All pages, and what they load. */
public final class Dashboard implements AutoCloseable {
    /** Before paths with an id, which would take the last segment of a literal path for one. */
    private static final Comparator<Page> LITERAL_FIRST =
            Comparator.comparing(page -> page.path().contains(":"));

    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Assets assets = Assets.load();
    private final ApiConnection api;
    private final PageDoor door;
    private final List<Page> pages;
    private final PageDoor portalDoor;
    private final List<Page> portalPages;

    /**
     * @param tokens seal the cookies of sessions
     * @param portalFramedBy origins whose pages may show the customer portal in a frame, or {@code *}
     */
    public Dashboard(Vertx vertx, SealedTokens tokens, InstantSource clock, Set<String> portalFramedBy) {
        this.api = new ApiConnection(vertx);
        Sessions sessions = new Sessions(tokens, clock);
        this.door = new PageDoor(assets, new SignInEntrance(sessions), api, virtualThreads);
        this.pages = Stream.of(
                        new OverviewPages(clock).pages(),
                        new SignInPages(sessions).pages(),
                        new AccountPages().pages(),
                        new SourcePages().pages(),
                        new KeyPages().pages(),
                        shared())
                .flatMap(List::stream)
                .sorted(LITERAL_FIRST)
                .toList();
        this.portalDoor = new PageDoor(assets, new PortalEntrance(portalFramedBy), api, virtualThreads);
        this.portalPages = new PortalPages(clock).pages(shared().stream().sorted(LITERAL_FIRST));
    }

    /** What who has a key and who has a portal link both see. */
    private static List<Page> shared() {
        return Stream.of(
                        new CallPages().pages(),
                        new ReplayPages().pages(),
                        new WebhookFormPages().pages(),
                        new WebhookPages().pages(),
                        new WebhookLogPages().pages(),
                        new WaitingPages().pages(),
                        new LogPages().pages(),
                        new DeliveryPages().pages())
                .flatMap(List::stream)
                .toList();
    }

    /** Adds the pages behind what the router has. */
    public void addTo(Router router) {
        assets.addTo(router);
        add(router, pages, door);
        add(router, portalPages, portalDoor);
        router.get("/portal/:link/*").handler(portalDoor::admitNothing);
        router.get().handler(this::nothing);
    }

    private static void add(Router router, List<Page> pages, PageDoor door) {
        for (Page page : pages) {
            router.route(page.method(), page.path()).handler(routing -> door.admit(routing, page));
            if (page.method().equals(HttpMethod.GET)) {
                router.route(HttpMethod.HEAD, page.path()).handler(routing -> door.admit(routing, page));
            }
        }
    }

    /** Those of who has a key, and those that anybody may open. */
    public List<Page> pages() {
        return pages;
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
