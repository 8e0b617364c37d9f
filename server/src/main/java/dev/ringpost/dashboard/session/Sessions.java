package dev.ringpost.dashboard.session;

import dev.ringpost.secret.SealedTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session in a cookie of the browser, sealed, so that the server keeps nothing and the browser's disk has no key that
 * could be used.
 */
public final class Sessions {
    public static final String COOKIE = "ringpost_session";

    private static final String PURPOSE = "dashboard session";
    private static final Duration LENGTH = Duration.ofHours(12);
    private static final String SEPARATOR = "\n";

    private final SealedTokens tokens;
    private final InstantSource clock;

    public Sessions(SealedTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A new session, for 12 hours. */
    public Session begin(String key) {
        return new Session(key, null, clock.instant().plus(LENGTH));
    }

    /** @param cookie what the browser sent; null: nothing */
    public Optional<Session> find(@Nullable String cookie) {
        return cookie == null
                ? Optional.empty()
                : tokens.open(cookie, PURPOSE)
                        .map(Sessions::parse)
                        .filter(session -> session.until().isAfter(clock.instant()));
    }

    /**
     * The value of {@code set-cookie} that keeps a session (RFC 6265bis).
     *
     * @param overTls the browser came by https, and is to send it that way only
     */
    public String keep(Session session, boolean overTls) {
        long left =
                Math.max(0, Duration.between(clock.instant(), session.until()).toSeconds());
        return cookie(tokens.seal(text(session), PURPOSE), left, overTls);
    }

    /** The value of {@code set-cookie} that makes the browser forget the session. */
    public String forget(boolean overTls) {
        return cookie("", 0, overTls);
    }

    private static String cookie(String value, long seconds, boolean overTls) {
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (overTls ? "; Secure" : "");
    }

    private static String text(Session session) {
        String actingFor = session.actingFor();
        return String.join(
                SEPARATOR,
                Long.toString(session.until().getEpochSecond()),
                actingFor == null ? "" : actingFor,
                session.key());
    }

    private static Session parse(String text) {
        String[] parts = text.split(SEPARATOR, 3);
        return new Session(
                parts[2], parts[1].isEmpty() ? null : parts[1], Instant.ofEpochSecond(Long.parseLong(parts[0])));
    }
}
