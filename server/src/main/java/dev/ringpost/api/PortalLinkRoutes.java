package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Caller;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.PortalLinkInput;
import dev.ringpost.api.output.PortalLinkJson;
import dev.ringpost.portal.PortalLink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links that open the pages of an account for its customer, without a key. */
final class PortalLinkRoutes {
    private final ApiParts parts;
    private final ApiSettings.Portal portal;
    private final PortalLinkInput input;
    private final PortalLinkJson output;

    PortalLinkRoutes(ApiParts parts, ApiSettings.Portal portal) {
        this.parts = parts;
        this.portal = portal;
        this.input = new PortalLinkInput(parts.ids(), parts.records());
        this.output = new PortalLinkJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.post("/v1/portal-links", Access.LINKING, this::create).bodyOptional());
    }

    private Reply create(Request request) {
        if (!(request.caller() instanceof Caller.WithKey caller)) {
            throw new IllegalStateException("Only keys make portal links");
        }
        PortalLink link =
                input.read(request.fields(), caller.account(), caller.key().hash(), request.arrivedAt());
        String token = parts.links().token(link);
        return Reply.created(json -> output.write(json, link, token, url(request, token)))
                .about(caller.key().no());
    }

    private @Nullable String url(Request request, String token) {
        if (!portal.served()) {
            return null;
        }
        String publicUrl = portal.publicUrl();
        return (publicUrl == null ? "http://" + request.host() : publicUrl) + "/portal/" + token;
    }
}
