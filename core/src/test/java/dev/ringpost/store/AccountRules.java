package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts and API keys. */
public interface AccountRules extends StoreUnderTest {
    @Test
    default void anAccountComesBackWithItsSecrets() {
        write(tx -> {
            tx.insertAccount(Given.account(ACME));
            assertThat(tx.account(ACME)).contains(Given.account(ACME));
            assertThat(tx.account(OTHER)).isEmpty();
        });
        assertThat(records().account(ACME)).contains(Given.account(ACME));
        assertThat(records().account(OTHER)).isEmpty();
    }

    @Test
    default void newSecretsOfAnAccountSignForItsCallEndpointsInTheBatchAndAfter() {
        List<SigningSecret> rotated = new Rotation("whsec_bmV3", Duration.ofHours(1))
                .after(Given.account(ACME).secrets(), NOW);
        write(tx -> {
            tx.insertAccount(Given.account(ACME));
            tx.insertAccount(Given.account(OTHER));
        });
        Webhook endpoint = inTransaction(tx -> tx.callWebhook(ACME, "https://example.com/own"));
        Webhook foreign = inTransaction(tx -> tx.callWebhook(OTHER, "https://example.com/own"));
        write(tx -> {
            assertThat(tx.webhook(endpoint.no())).contains(endpoint);
            tx.replaceSecrets(ACME, rotated, NOW);
            assertThat(tx.account(ACME).orElseThrow().secrets()).isEqualTo(rotated);
            assertThat(tx.webhook(endpoint.no()).orElseThrow().secrets()).isEqualTo(rotated);
            assertThat(tx.callWebhook(ACME, endpoint.url()).secrets()).isEqualTo(rotated);
        });
        Webhook after = inTransaction(tx -> tx.callWebhook(ACME, endpoint.url()));
        assertThat(after.secrets()).isEqualTo(rotated);
        assertThat(backlog().webhook(endpoint.no())).contains(after);
        assertThat(records().webhook(ACME, endpoint.no())).contains(after);
        assertThat(records().account(ACME).orElseThrow().secrets()).isEqualTo(rotated);
        write(tx -> assertThat(tx.webhook(foreign.no())).contains(foreign));
    }

    @Test
    default void eachRotationLeavesANewerStateOfACallEndpointAlsoWhereTheClockStandsStill() {
        write(tx -> tx.insertAccount(Given.account(ACME)));
        Webhook made = inTransaction(tx -> tx.callWebhook(ACME, "https://example.com/own"));
        Instant last = made.updatedAt();
        for (int i = 0; i < 3; i++) {
            write(tx -> tx.replaceSecrets(ACME, Given.account(ACME).secrets(), NOW));
            Instant updated = backlog().webhook(made.no()).orElseThrow().updatedAt();
            assertThat(updated).isAfterOrEqualTo(last);
            assertThat(i == 0 || updated.isAfter(last)).isTrue();
            last = updated;
        }
    }

    @Test
    default void aKeyIsFoundByItsHashAndListedInItsAccount() {
        ApiKey full = new ApiKey(1, ACME, "aa", ApiKey.Scope.FULL, null, Set.of(), NOW);
        ApiKey web = new ApiKey(2, ACME, "bb", ApiKey.Scope.WEB_CALLS, "site", Set.of("agent-1", "agent-2"), NOW);
        ApiKey other = new ApiKey(3, OTHER, "cc", ApiKey.Scope.READ, "x", Set.of(), NOW);
        assertThat(records().hasKeys()).isFalse();
        write(tx -> {
            tx.insertKey(full);
            tx.insertKey(web);
            tx.insertKey(other);
        });
        assertThat(records().hasKeys()).isTrue();
        assertThat(records().key("bb")).contains(web);
        assertThat(records().key("dd")).isEmpty();
        assertThat(records().keys(ACME)).containsExactlyInAnyOrder(full, web);
    }

    @Test
    default void aKeyIsDeletedInItsAccountOnly() {
        write(tx -> tx.insertKey(new ApiKey(1, ACME, "aa", ApiKey.Scope.FULL, null, Set.of(), NOW)));
        assertThat(this.<Boolean>inTransaction(tx -> tx.deleteKey(OTHER, 1))).isFalse();
        assertThat(records().key("aa")).isPresent();
        assertThat(this.<Boolean>inTransaction(tx -> tx.deleteKey(ACME, 1))).isTrue();
        assertThat(records().key("aa")).isEmpty();
    }
}
