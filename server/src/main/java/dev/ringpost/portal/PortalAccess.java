package dev.ringpost.portal;

import dev.ringpost.store.ApiKey.Scope;
import java.util.Locale;

/** What who has a portal link may do; the same as a key of that scope. */
public enum PortalAccess {
    READ(Scope.READ),
    MANAGE(Scope.MANAGE);

    private final Scope scope;

    PortalAccess(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    /** As in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
