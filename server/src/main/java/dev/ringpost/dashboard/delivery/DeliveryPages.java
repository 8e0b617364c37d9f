package dev.ringpost.dashboard.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.View;
import java.util.List;

/** One delivery: what was sent, every attempt, and what comes next. */
public final class DeliveryPages {
    private static final String TEMPLATE = "delivery/show.jte";

    public List<Page> pages() {
        return List.of(
                Page.get("/deliveries/:id", DeliveryPages::show),
                Page.get("/deliveries/:id/state", DeliveryPages::state),
                Page.post("/deliveries/:id/retry", DeliveryPages::retry));
    }

    /** @param fault why it was not sent again; empty: it was, or nobody asked */
    public record Shown(Delivery delivery, String fault) {}

    private static View show(PageRequest request) {
        return View.html(TEMPLATE, new Shown(get(request), ""));
    }

    /** What changes of the page, where it is not as it was seen. */
    private static View state(PageRequest request) {
        Delivery delivery = get(request);
        return delivery.state().equals(request.query().text("seen"))
                ? new View.Unchanged()
                : View.html("delivery/state.jte", new Shown(delivery, ""));
    }

    private static View retry(PageRequest request) {
        try {
            var _ = request.api()
                    .post(
                            "/v1/deliveries/" + request.id() + "/retry",
                            JsonNodeFactory.instance.objectNode(),
                            JsonNode.class);
            return View.goTo("/deliveries/" + request.id());
        } catch (Refused refused) {
            Problem problem = refused.problem();
            if (problem.status() != 409) {
                throw refused;
            }
            return View.refused(409, TEMPLATE, new Shown(get(request), problem.message()));
        }
    }

    private static Delivery get(PageRequest request) {
        return request.api().get("/v1/deliveries/" + request.id(), Delivery.class);
    }
}
