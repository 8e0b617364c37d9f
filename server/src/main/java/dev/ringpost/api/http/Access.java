package dev.ringpost.api.http;

import static dev.ringpost.store.ApiKey.Scope.FULL;
import static dev.ringpost.store.ApiKey.Scope.MANAGE;
import static dev.ringpost.store.ApiKey.Scope.OPERATOR;
import static dev.ringpost.store.ApiKey.Scope.READ;
import static dev.ringpost.store.ApiKey.Scope.REPORTS;
import static dev.ringpost.store.ApiKey.Scope.WEB_CALLS;

import dev.ringpost.store.ApiKey.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may use an operation: the table of scopes. */
public enum Access {
    /** Anybody, without a key. */
    PUBLIC(),
    /** Accounts and their keys. */
    OPERATING(OPERATOR),
    /** What changes webhooks and calls, and what shows a secret. */
    MANAGING(OPERATOR, FULL, MANAGE),
    /** Making links to the customer portal. Not one who was given a link, or a key to manage: nobody hands on more. */
    LINKING(OPERATOR, FULL),
    READING(OPERATOR, FULL, MANAGE, READ),
    /** What a key is. Not one that is in the pages of a site: its visitors need not learn whose it is. */
    KNOWING_ITSELF(OPERATOR, FULL, MANAGE, READ, REPORTS),
    READING_CALLS(OPERATOR, FULL, MANAGE, READ, REPORTS),
    REPORTING(OPERATOR, FULL, REPORTS),
    PLACING_WEB_CALLS(OPERATOR, FULL, MANAGE, WEB_CALLS);

    // Set.of makes sets that can't be changed; the checker knows only types that say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Scope> scopes;

    Access(Scope... scopes) {
        this.scopes = Set.of(scopes);
    }

    boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    /** The scopes that would do, for people. */
    String names() {
        return Arrays.stream(Scope.values())
                .filter(this::allows)
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
