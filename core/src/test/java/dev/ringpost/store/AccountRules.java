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
import java.util.Optional;
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
    default void accountsAreListedAndFoundByName() {
        List<Account> made = List.of(Given.account(1), Given.account(2), Given.account(3));
        write(tx -> made.forEach(tx::insertAccount));
        Account twin = new Account(4, "account 2", made.getFirst().secrets(), NOW);
        write(tx -> tx.insertAccount(twin));
        assertThat(records().accountsNamed("account 2")).containsExactly(made.get(1), twin);
        assertThat(records().accountsNamed("account")).isEmpty();
        Page<Account> first = records().accounts(new PageRequest.Offset(2, 0));
        assertThat(first.items()).containsExactly(twin, made.get(2));
        assertThat(first.total()).isEqualTo(4);
        assertThat(records().accounts(new PageRequest.Cursor(2, 3L)).items())
                .containsExactly(made.get(1), made.getFirst());
    }

    @Test
    default void keysAreListedNewestFirstInTheirAccount() {
        write(tx -> {
            for (int no = 1; no <= 3; no++) {
                tx.insertKey(new ApiKey(no, ACME, "h" + no, ApiKey.Scope.FULL, null, Set.of(), NOW));
            }
            tx.insertKey(new ApiKey(4, OTHER, "h4", ApiKey.Scope.FULL, null, Set.of(), NOW));
        });
        Page<ApiKey> page = records().keys(ACME, new PageRequest.Offset(2, 1));
        assertThat(page.items()).extracting(ApiKey::no).containsExactly(2L, 1L);
        assertThat(page.total()).isEqualTo(3);
    }

    @Test
    default void aDeletedAccountIsGoneWithItsKeysAndWebhooks() {
        Webhook hook = Given.webhook(21, ACME, "https://example.com/a");
        Webhook others = Given.webhook(22, OTHER, "https://example.com/a");
        write(tx -> {
            tx.insertAccount(Given.account(ACME));
            tx.insertAccount(Given.account(OTHER));
            tx.insertWebhook(hook);
            tx.insertWebhook(others);
            tx.insertKey(new ApiKey(1, ACME, "aa", ApiKey.Scope.FULL, null, Set.of(), NOW));
            tx.insertKey(new ApiKey(2, OTHER, "bb", ApiKey.Scope.FULL, null, Set.of(), NOW));
        });
        Webhook ofCalls = inTransaction(tx -> tx.callWebhook(ACME, "https://example.com/call"));
        Optional<List<Webhook>> had = inTransaction(tx -> tx.deleteAccount(ACME));
        assertThat(had.orElseThrow()).extracting(Webhook::no).containsExactlyInAnyOrder(hook.no(), ofCalls.no());
        write(tx -> {
            assertThat(tx.account(ACME)).isEmpty();
            assertThat(tx.subscriptions(ACME).webhooks()).isEmpty();
            assertThat(tx.webhook(hook.no())).isEmpty();
            assertThat(tx.webhook(ofCalls.no())).isEmpty();
            assertThat(tx.subscriptions(OTHER).webhooks()).containsExactly(others.no());
            assertThat(tx.webhook(others.no())).contains(others);
            assertThat(tx.deleteAccount(ACME)).isEmpty();
        });
        assertThat(records().account(ACME)).isEmpty();
        assertThat(records().key("aa")).isEmpty();
        assertThat(records().key("bb")).isPresent();
    }

    @Test
    default void anOperatorKeyIsKnownToBeThere() {
        write(tx -> {
            tx.insertKey(new ApiKey(1, ACME, "aa", ApiKey.Scope.FULL, null, Set.of(), NOW));
            assertThat(tx.hasOperatorKey()).isFalse();
            tx.insertKey(new ApiKey(2, OTHER, "bb", ApiKey.Scope.OPERATOR, null, Set.of(), NOW));
            assertThat(tx.hasOperatorKey()).isTrue();
        });
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
