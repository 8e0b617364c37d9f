package dev.ringpost.dashboard.signin;

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
    public List<Page> pages() {
        return List.of(Page.get("/accounts", AccountPages::list));
    }

    /** An account of GET /v1/accounts. */
    public record Account(String id, String name, String createdAt) {}

    /** A page of GET /v1/accounts. */
    public record Accounts(List<Account> items, @Nullable String nextCursor) {}

    /** @param chosen the id of the account that is looked at */
    public record Choice(List<Account> accounts, String chosen, Paging paging) {}

    private static View list(PageRequest request) {
        String cursor = request.query().text("cursor");
        Accounts accounts =
                request.api().get("/v1/accounts" + Parameters.query(Map.of("cursor", cursor)), Accounts.class);
        Paging paging = new Paging("/accounts", Map.of(), accounts.nextCursor(), cursor.isEmpty());
        return View.html(
                "accounts.jte", new Choice(accounts.items(), request.frame().accountId(), paging));
    }
}
