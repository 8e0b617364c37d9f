package dev.ringpost.api.http;

import dev.ringpost.portal.PortalLink;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.ApiKey.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who sent a request. */
public sealed interface Caller {
    /** What it may do. */
    Scope scope();

    /** The account acted for. */
    long account();

    /** The only webhooks that it may see; null: all of the account. */
    @Nullable
    Set<Long> webhooks();

    /** False: for it there is no such webhook. */
    default boolean sees(long webhook) {
        Set<Long> only = webhooks();
        return only == null || only.contains(webhook);
    }

    /** @param account the key's own, or the one an operator named with {@code ringpost-account} */
    record WithKey(ApiKey key, long account) implements Caller {
        @Override
        public Scope scope() {
            return key.scope();
        }

        @Override
        public @Nullable Set<Long> webhooks() {
            return null;
        }
    }

    /** Somebody whom a portal link was given. */
    record WithLink(PortalLink link) implements Caller {
        @Override
        public Scope scope() {
            return link.access().scope();
        }

        @Override
        public long account() {
            return link.account();
        }

        @Override
        public @Nullable Set<Long> webhooks() {
            return link.webhooks();
        }
    }
}
