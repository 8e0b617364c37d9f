package dev.ringpost.api;

import dev.ringpost.api.http.RequestListener;
import dev.ringpost.api.input.UrlRule;
import dev.ringpost.commit.Journal;
import dev.ringpost.dispatch.Dispatch;
import dev.ringpost.erasure.Erasure;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.live.LiveHints;
import dev.ringpost.portal.PortalLinks;
import dev.ringpost.store.Records;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What the API works with.
 *
 * @param besides adds what else is served on the API's port
 */
public record ApiParts(
        Vertx vertx,
        InstantSource clock,
        PublicIds ids,
        NumberSource numbers,
        Records records,
        LiveHints live,
        Journal journal,
        Dispatch dispatch,
        Erasure erasure,
        EngineHint engine,
        UrlRule urls,
        Readiness readiness,
        RequestListener requests,
        Metrics metrics,
        PortalLinks links,
        Consumer<Router> besides) {}
