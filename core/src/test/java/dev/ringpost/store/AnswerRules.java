package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.id.NumberSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers kept for their idempotency keys. */
public interface AnswerRules extends StoreUnderTest {
    private static KeptAnswer answer(Instant at, long account, String request, @Nullable Long about) {
        byte[] content = ("about " + about).getBytes(StandardCharsets.UTF_8);
        return new KeptAnswer(
                NumberSource.firstAt(at), account, request, "bb", about, 201, "application/json", "/v1/x", content);
    }

    private Optional<Long> kept(long account, String request) {
        return records().keptAnswer(account, request).map(KeptAnswer::no);
    }

    @Test
    default void anAnswerComesBackToItsAccountAndRequest() {
        KeptAnswer kept = answer(NOW, ACME, "aa", 7L);
        write(tx -> tx.keepAnswer(kept));
        assertThat(records().keptAnswer(ACME, "aa").orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(kept);
        assertThat(kept(OTHER, "aa")).isEmpty();
        assertThat(kept(ACME, "ab")).isEmpty();
    }

    @Test
    default void anAnswerIsReplacedOnceItIsOutOfDate() {
        KeptAnswer first = answer(NOW, ACME, "aa", null);
        KeptAnswer tooSoon = answer(NOW.plus(KeptAnswer.LIFETIME), ACME, "aa", null);
        KeptAnswer late = answer(NOW.plus(KeptAnswer.LIFETIME).plusMillis(1), ACME, "aa", null);
        write(tx -> tx.keepAnswer(first));
        assertThatThrownBy(() -> write(tx -> tx.keepAnswer(tooSoon))).isInstanceOf(RuntimeException.class);
        assertThat(kept(ACME, "aa")).contains(first.no());
        write(tx -> tx.keepAnswer(late));
        assertThat(kept(ACME, "aa")).contains(late.no());
    }

    @Test
    default void anAnswerIsForgottenWithWhatItIsAbout() {
        write(tx -> {
            tx.insertAccount(Given.account(ACME));
            tx.insertWebhook(Given.webhook(21, ACME, "https://example.com/a"));
            tx.insertKey(new ApiKey(22, ACME, "kk", ApiKey.Scope.FULL, null, Set.of(), NOW));
            tx.keepAnswer(answer(NOW, ACME, "call", 7L));
            tx.keepAnswer(answer(NOW.plusMillis(1), ACME, "webhook", 21L));
            tx.keepAnswer(answer(NOW.plusMillis(2), ACME, "key", 22L));
            tx.keepAnswer(answer(NOW.plusMillis(3), OTHER, "account", ACME));
            tx.keepAnswer(answer(NOW.plusMillis(4), ACME, "nothing", null));
        });
        write(tx -> tx.forgetAnswersAbout(7));
        assertThat(kept(ACME, "call")).isEmpty();
        write(tx -> tx.deleteWebhook(OTHER, 21));
        assertThat(kept(ACME, "webhook")).isPresent();
        write(tx -> tx.deleteWebhook(ACME, 21));
        assertThat(kept(ACME, "webhook")).isEmpty();
        write(tx -> tx.deleteKey(ACME, 22));
        assertThat(kept(ACME, "key")).isEmpty();
        write(tx -> tx.deleteAccount(ACME));
        assertThat(kept(OTHER, "account")).isEmpty();
        assertThat(kept(ACME, "nothing")).isPresent();
    }

    @Test
    default void oldAnswersAreForgottenFromTheOldest() {
        write(tx -> {
            for (int i = 0; i < 5; i++) {
                tx.keepAnswer(answer(NOW.plusMillis(i), ACME, "r" + i, null));
            }
        });
        assertThat(this.<Integer>inTransaction(tx -> tx.forgetAnswers(NOW.plusMillis(4), 3)))
                .isEqualTo(3);
        assertThat(kept(ACME, "r2")).isEmpty();
        assertThat(kept(ACME, "r3")).isPresent();
        assertThat(this.<Integer>inTransaction(tx -> tx.forgetAnswers(NOW.plusMillis(4), 3)))
                .isEqualTo(1);
        assertThat(kept(ACME, "r4")).isPresent();
    }
}
