package dev.ringpost.dashboard.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.dashboard.session.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A portal link as a browser keeps it: its token is in a cookie that goes with the pages of this link only, which are under a
 * path of their own. So the links that two frames of a site show never get mixed up, and neither gets to the dashboard.
 *
 * @param token the link's
 * @param id names the link in paths, and tells nothing of its token
 */
record PortalVisit(String token, String id) {
    static final String COOKIE = "ringpost_portal";
    static final String PATH = "/portal/";

    /** What every token of a portal link begins with. */
    private static final String TOKEN = "rp_pl_";

    private static final int ID_BYTES = 12;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

    static boolean isToken(String text) {
        return text.startsWith(TOKEN);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static PortalVisit of(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
            return new PortalVisit(token, HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The API knows when it ends. */
    Session session() {
        return new Session(token, null, Instant.MAX);
    }

    /**
     * The value of {@code set-cookie} that keeps it. By https it is kept in a frame of another site too, apart from what the
     * browser keeps elsewhere (CHIPS, RFC 6265bis); by http no browser keeps such a cookie, so there it is for pages that are
     * not framed, or by a page of the same site.
     */
    String cookie(Duration left, boolean overTls) {
        return COOKIE + "=" + token + "; Path=" + PATH + id + "; Max-Age=" + Math.max(0, left.toSeconds())
                + "; HttpOnly; " + (overTls ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax");
    }

    /** Never the token: it must not reach a log. */
    @Override
    public String toString() {
        return "PortalVisit " + id;
    }
}
