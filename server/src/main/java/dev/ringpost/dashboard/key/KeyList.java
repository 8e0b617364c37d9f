package dev.ringpost.dashboard.key;

import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the account that is looked at.
 *
 * @param made the key that was just made, shown this once; null: none was
 * @param form what was typed, where it was refused
 * @param fault why it was refused; empty: it was not
 */
public record KeyList(
        List<Key> keys, Paging paging, @Nullable NewKey made, Form form, String fault) {
    /** What each scope is for, for people. */
    public static final List<Choice> SCOPES = List.of(
            new Choice("full", "everything in the account"),
            new Choice("manage", "everything but reports: for a platform's customers"),
            new Choice("reports", "for a call engine: reports, and reading calls"),
            new Choice("read", "every GET but secrets"),
            new Choice("web_calls", "placing web calls from a browser"),
            new Choice("operator", "every account and its keys"));

    /** A scope, and what it is for. */
    public record Choice(String scope, String meaning) {}

    /** An entry of GET /v1/accounts/{id}/keys. */
    public record Key(
            String id,
            String scope,
            @Nullable String name,
            @Nullable List<String> agentIds,
            String createdAt) {}

    /** A page of them. */
    public record Keys(List<Key> items, @Nullable String nextCursor) {}

    /** What POST /v1/accounts/{id}/keys answers. */
    public record NewKey(String id, String scope, String key) {}

    /** What was typed. */
    public record Form(String scope, String name, String agentIds) {
        static final Form EMPTY = new Form("read", "", "");

        static Form of(Parameters form) {
            return new Form(form.text("scope"), form.text("name"), form.text("agent_ids"));
        }

        /** One a line. */
        List<String> agents() {
            return agentIds.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
