package dev.ringpost.dashboard.page;

import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.client.PublicApi;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.layout.Frame;
import dev.ringpost.dashboard.session.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request of somebody who is signed in.
 *
 * @param api asks as the session
 * @param frame what stands around the page
 */
public record PageRequest(Visit visit, Session session, PublicApi api, Frame frame) {
    public Parameters query() {
        return visit.query();
    }

    public Parameters form() {
        return visit.form();
    }

    /** No form is shown that could not be sent: a page tells why. */
    public void requireForForm(boolean allowed) {
        if (!allowed) {
            throw new Refused(
                    new Problem(null, "Not allowed", 403, "What you are signed in with may not do this.", List.of()));
        }
    }

    /** The id in the path, as it goes into a path of the API. */
    public String id() {
        return URLEncoder.encode(visit.pathParameters().getOrDefault("id", ""), StandardCharsets.UTF_8);
    }
}
