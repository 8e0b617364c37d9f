package dev.ringpost.dashboard.layout;

import dev.ringpost.dashboard.asset.Asset;
import dev.ringpost.dashboard.asset.Assets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param theme what the switch says: {@code light}, {@code dark}, or empty: as the system has it
 * @param base what the paths of all pages begin with; empty: nothing
 * @param path of the page, without the base
 * @param key null where nobody is signed in
 */
public record Frame(
        Assets assets,
        String theme,
        String base,
        String path,
        @Nullable OwnKey key) {
    public String asset(Asset asset) {
        return assets.path(asset);
    }

    /** The same for somebody who is known: a portal's theme is not the browser's to choose. */
    public Frame of(OwnKey known) {
        PortalTerms portal = known.portalLink();
        String fixed = portal == null ? null : portal.theme().mode();
        return new Frame(assets, fixed == null ? theme : fixed, base, path, known);
    }

    /** The pages are a customer's, by a portal link. */
    public boolean isPortal() {
        return !base.isEmpty();
    }

    /** Light or dark is the browser's to choose. */
    public boolean choosesTheme() {
        PortalTerms portal = key == null ? null : key.portalLink();
        return portal == null || portal.theme().mode() == null;
    }

    /** Only some webhooks are shown, and what went to them. */
    public boolean isNarrowed() {
        PortalTerms portal = key == null ? null : key.portalLink();
        return portal != null && portal.webhookScope() != null;
    }

    /** The entries of the navigation. */
    public List<Section> sections() {
        return Arrays.stream(Section.values())
                .filter(section -> switch (section) {
                    case WEBHOOKS, DELIVERIES -> true;
                    case CALLS -> !isNarrowed();
                    case OVERVIEW, SOURCES, KEYS -> !isPortal();
                })
                .toList();
    }

    /** The account that is looked at; empty where nobody is signed in. */
    public String accountId() {
        return key == null ? "" : key.accountId();
    }

    /** Webhooks can be changed and secrets seen by who looks. */
    public boolean manages() {
        return key != null && key.manages();
    }

    /** Webhooks can be made by who looks. */
    public boolean makesWebhooks() {
        return manages() && !isNarrowed();
    }
}
