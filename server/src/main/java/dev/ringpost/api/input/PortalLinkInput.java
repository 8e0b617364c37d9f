package dev.ringpost.api.input;

import dev.ringpost.color.Color;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.portal.PortalAccess;
import dev.ringpost.portal.PortalLink;
import dev.ringpost.portal.PortalTheme;
import dev.ringpost.store.Records;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a portal link. */
public final class PortalLinkInput {
    private static final int SHORTEST = 60;
    private static final int LONGEST = 30 * 24 * 3600;
    private static final int STANDARD = 3600;
    private static final int LONGEST_ID = 64;

    private final PublicIds ids;
    private final Records records;

    public PortalLinkInput(PublicIds ids, Records records) {
        this.ids = ids;
        this.records = records;
    }

    /**
     * @param keyHash of the key that makes it
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public PortalLink read(Fields body, long account, String keyHash, Instant now) {
        Set<Long> webhooks = webhooks(body, account);
        Integer expiresIn = body.integer("expires_in", SHORTEST, LONGEST);
        PortalAccess access = body.choice("access", PortalAccess.values(), PortalAccess::wireName);
        PortalTheme theme = theme(body.child("theme"));
        body.done();
        body.faults().check();
        return new PortalLink(
                account,
                keyHash,
                now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(expiresIn == null ? STANDARD : expiresIn),
                access == null ? PortalAccess.READ : access,
                webhooks,
                theme);
    }

    /** An empty list is no way to say "all": a program whose list came out empty would show everything. */
    private @Nullable Set<Long> webhooks(Fields body, long account) {
        List<String> named = body.texts("webhook_scope", PortalLink.MOST_WEBHOOKS, LONGEST_ID);
        if (named == null) {
            return null;
        }
        if (named.isEmpty()) {
            body.fault("webhook_scope", "must name a webhook; leave it out for all of the account");
        }
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < named.size(); i++) {
            Optional<Long> no = ids.parse(IdKind.WEBHOOK, named.get(i))
                    .filter(known -> records.webhook(account, known).isPresent());
            if (no.isPresent()) {
                numbers.add(no.get());
            } else {
                body.fault("webhook_scope/" + i, "is no webhook of this account");
            }
        }
        return numbers;
    }

    private static PortalTheme theme(@Nullable Fields theme) {
        if (theme == null) {
            return PortalTheme.PLAIN;
        }
        PortalTheme.Mode mode = theme.choice("mode", PortalTheme.Mode.values(), PortalTheme.Mode::wireName);
        Color accent = color(theme, "accent");
        Color background = color(theme, "background");
        theme.done();
        if (background == null) {
            return new PortalTheme(mode, accent, null);
        }
        PortalTheme.Mode fitting = PortalTheme.modeOf(background);
        if (fitting == null) {
            theme.fault("background", "must be lighter or darker: text could not be read well on it");
        } else if (mode != null && mode != fitting) {
            theme.fault("mode", "must be " + fitting.wireName() + " on this background; leave it out");
        }
        return new PortalTheme(fitting, accent, background);
    }

    private static @Nullable Color color(Fields theme, String name) {
        String text = theme.text(name, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        Optional<Color> color = Color.parse(text);
        if (color.isEmpty()) {
            theme.fault(name, "must be a colour as #rrggbb");
        }
        return color.orElse(null);
    }
}
