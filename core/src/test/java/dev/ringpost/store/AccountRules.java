package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

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
