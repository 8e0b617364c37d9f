package dev.ringpost.dashboard.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.secret.MasterKey;
import dev.ringpost.secret.SealedTokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final String KEY = "rp_sk_aaaaaaaaaaaaaaaa";

    private final SealedTokens tokens = new MasterKey(new byte[32]).sealedTokens();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final Sessions sessions = new Sessions(tokens, () -> now);

    @Test
    void aSessionIsFoundByItsCookieAndKeepsItsAccount() {
        Session session = sessions.begin(KEY).actingFor("acct_1");
        assertThat(sessions.find(value(sessions.keep(session, false)))).contains(session);
    }

    @Test
    void itEndsAfterTwelveHours() {
        String cookie = value(sessions.keep(sessions.begin(KEY), false));
        now = now.plus(Duration.ofHours(12)).minusSeconds(1);
        assertThat(sessions.find(cookie)).isPresent();
        now = now.plusSeconds(1);
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void choosingAnAccountDoesNotProlongIt() {
        Session session = sessions.begin(KEY);
        now = now.plus(Duration.ofHours(11));
        assertThat(sessions.keep(session.actingFor("acct_1"), true)).contains("Max-Age=3600;", "Secure");
    }

    @Test
    void whatWasSealedForSomethingElseIsNoSession() {
        String text = now.plusSeconds(60).getEpochSecond() + "\n\n" + KEY;
        assertThat(sessions.find(tokens.seal(text, "dashboard session"))).isPresent();
        assertThat(sessions.find(tokens.seal(text, "another purpose"))).isEmpty();
        assertThat(sessions.find(new MasterKey(new byte[] {
                            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                            0
                        })
                        .sealedTokens()
                        .seal(text, "dashboard session")))
                .isEmpty();
        assertThat(sessions.find("no base64 at all!")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
        assertThat(sessions.find(null)).isEmpty();
    }

    @Test
    void itNeverShowsItsKey() {
        assertThat(sessions.begin(KEY).toString()).doesNotContain(KEY);
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
