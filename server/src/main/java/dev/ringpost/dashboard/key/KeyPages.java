package dev.ringpost.dashboard.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.dashboard.client.Refused;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.dashboard.page.PageRequest;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import dev.ringpost.dashboard.page.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of an account: only an operator's key can see and make them, and whoever has another is told so. */
public final class KeyPages {
    private static final String LIST = "key/list.jte";

    public List<Page> pages() {
        return List.of(
                Page.get("/keys", KeyPages::list),
                Page.post("/keys", KeyPages::make),
                Page.post("/keys/:id/revoke", KeyPages::revoke));
    }

    private static View list(PageRequest request) {
        return operates(request)
                ? View.html(LIST, keys(request, null, KeyList.Form.EMPTY, ""))
                : View.html("key/refused.jte", request.frame());
    }

    /** The key is in this answer and nowhere else, so this page is not left for another. */
    private static View make(PageRequest request) {
        KeyList.Form form = KeyList.Form.of(request.form());
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("scope", form.scope());
        if (!form.name().isEmpty()) {
            body.put("name", form.name());
        }
        if (!form.agents().isEmpty()) {
            ArrayNode agents = body.putArray("agent_ids");
            form.agents().forEach(agents::add);
        }
        try {
            KeyList.NewKey made = request.api().post(path(request), body, KeyList.NewKey.class);
            return View.html(LIST, keys(request, made, KeyList.Form.EMPTY, ""));
        } catch (Refused refused) {
            if (refused.problem().status() != 422) {
                throw refused;
            }
            return View.refused(
                    422, LIST, keys(request, null, form, refused.problem().told()));
        }
    }

    private static View revoke(PageRequest request) {
        request.api().delete(path(request) + "/" + request.id());
        return View.goTo("/keys");
    }

    private static KeyList keys(PageRequest request, KeyList.@Nullable NewKey made, KeyList.Form form, String fault) {
        String cursor = request.query().text("cursor");
        KeyList.Keys keys =
                request.api().get(path(request) + Parameters.query(Map.of("cursor", cursor)), KeyList.Keys.class);
        return new KeyList(
                keys.items(), new Paging("/keys", Map.of(), keys.nextCursor(), cursor.isEmpty()), made, form, fault);
    }

    private static boolean operates(PageRequest request) {
        return request.frame().key() != null && request.frame().key().operates();
    }

    private static String path(PageRequest request) {
        return "/v1/accounts/" + request.frame().accountId() + "/keys";
    }
}
