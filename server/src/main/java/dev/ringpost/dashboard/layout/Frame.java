package dev.ringpost.dashboard.layout;

import dev.ringpost.dashboard.asset.Asset;
import dev.ringpost.dashboard.asset.Assets;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param theme what the switch says: {@code light}, {@code dark}, or empty: as the system has it
 * @param path of the page
 * @param key null where nobody is signed in
 */
public record Frame(
        Assets assets, String theme, String path, @Nullable OwnKey key) {
    public String asset(Asset asset) {
        return assets.path(asset);
    }

    /** The account that is looked at; empty where nobody is signed in. */
    public String accountId() {
        return key == null ? "" : key.accountId();
    }

    /** Webhooks can be changed and secrets seen by who looks. */
    public boolean manages() {
        return key != null && key.manages();
    }
}
