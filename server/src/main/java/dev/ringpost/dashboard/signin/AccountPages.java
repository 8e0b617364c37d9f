package dev.ringpost.dashboard.signin;

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

/** The accounts, one of which an operator chooses to look at. */
public final class AccountPages {
    private static final String TEMPLATE = "accounts.jte";

    public List<Page> pages() {
        return List.of(Page.get("/accounts", AccountPages::list), Page.post("/accounts", AccountPages::make));
    }

    /** An account of GET /v1/accounts. */
    public record Account(String id, String name, String createdAt) {}

    /** A page of GET /v1/accounts. */
    public record Accounts(List<Account> items, @Nullable String nextCursor) {}

    /**
     * @param chosen the id of the account that is looked at
     * @param fault why a new one was refused; empty: none was
     */
    public record Choice(List<Account> accounts, String chosen, Paging paging, String fault) {}

    private static View list(PageRequest request) {
        return View.html(TEMPLATE, choice(request, ""));
    }

    private static View make(PageRequest request) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", request.form().text("name"));
        try {
            var _ = request.api().post("/v1/accounts", body, Account.class);
            return View.goTo("/accounts");
        } catch (Refused refused) {
            if (refused.problem().status() != 422) {
                throw refused;
            }
            return View.refused(422, TEMPLATE, choice(request, refused.problem().told()));
        }
    }

    private static Choice choice(PageRequest request, String fault) {
        String cursor = request.query().text("cursor");
        Accounts accounts =
                request.api().get("/v1/accounts" + Parameters.query(Map.of("cursor", cursor)), Accounts.class);
        Paging paging = new Paging("/accounts", Map.of(), accounts.nextCursor(), cursor.isEmpty());
        return new Choice(accounts.items(), request.frame().accountId(), paging, fault);
    }
}
