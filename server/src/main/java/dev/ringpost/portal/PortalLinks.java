package dev.ringpost.portal;

import dev.ringpost.color.Color;
import dev.ringpost.secret.SealedTokens;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens that portal links carry, and reads them. All that a link allows is in its token, sealed, so the server
 * keeps nothing, and every server with the same master key takes it. Safe for use by many threads.
 */
public final class PortalLinks {
    /** What every token begins with. */
    public static final String PREFIX = "rp_pl_";

    /** No token is longer. */
    public static final int LONGEST = 2048;

    private static final String PURPOSE = "portal link";
    private static final String SEPARATOR = "\n";
    private static final String BETWEEN_WEBHOOKS = ",";
    private static final String ALL = "*";
    private static final int RADIX = 36;

    private final SealedTokens tokens;

    public PortalLinks(SealedTokens tokens) {
        this.tokens = tokens;
    }

    /** The token of a link, of letters, digits, {@code -} and {@code _}. */
    public String token(PortalLink link) {
        return PREFIX + tokens.seal(text(link), PURPOSE);
    }

    /** Empty where the token was not made here. It may have ended. */
    public Optional<PortalLink> open(String token) {
        return token.startsWith(PREFIX) && token.length() <= LONGEST
                ? tokens.open(token.substring(PREFIX.length()), PURPOSE).map(PortalLinks::parse)
                : Optional.empty();
    }

    private static String text(PortalLink link) {
        PortalTheme theme = link.theme();
        PortalTheme.Mode mode = theme.mode();
        return String.join(
                SEPARATOR,
                Long.toString(link.until().getEpochSecond()),
                Long.toString(link.account(), RADIX),
                link.keyHash(),
                link.access().name(),
                webhooks(link.webhooks()),
                mode == null ? "" : mode.name(),
                Objects.toString(theme.accent(), ""),
                Objects.toString(theme.background(), ""));
    }

    private static String webhooks(@Nullable Set<Long> webhooks) {
        return webhooks == null
                ? ALL
                : webhooks.stream().map(no -> Long.toString(no, RADIX)).collect(Collectors.joining(BETWEEN_WEBHOOKS));
    }

    private static PortalLink parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        return new PortalLink(
                Long.parseLong(parts[1], RADIX),
                parts[2],
                Instant.ofEpochSecond(Long.parseLong(parts[0])),
                PortalAccess.valueOf(parts[3]),
                parseWebhooks(parts[4]),
                new PortalTheme(
                        parts[5].isEmpty() ? null : PortalTheme.Mode.valueOf(parts[5]),
                        Color.parse(parts[6]).orElse(null),
                        Color.parse(parts[7]).orElse(null)));
    }

    private static @Nullable Set<Long> parseWebhooks(String text) {
        return text.equals(ALL)
                ? null
                : Arrays.stream(text.split(BETWEEN_WEBHOOKS, -1))
                        .map(no -> Long.parseLong(no, RADIX))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
