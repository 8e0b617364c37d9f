package dev.ringpost.store;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is committed, for users to read. Every question carries the account: another account's rows are never found. */
public interface Records {
    Optional<Call> call(long account, long no);

    /** Newest first. */
    Page<Call> calls(long account, CallFilter filter, PageRequest page);

    Optional<Event> event(long account, long no);

    /** Those of calls, newest first. */
    Page<Event> events(long account, EventFilter filter, PageRequest page);

    Optional<Webhook> webhook(long account, long no);

    /** Newest first. */
    Page<Webhook> webhooks(long account, WebhookKind kind, @Nullable WebhookStatus status, PageRequest page);

    /** What is remembered of an endpoint's lane; empty where nothing went there yet. */
    Optional<LaneState> lane(long account, long endpoint);

    /** Newest first. */
    Page<LoggedAttempt> attempts(long account, AttemptFilter filter, PageRequest page);

    /** All attempts of one delivery, newest first. */
    List<LoggedAttempt> attemptsOf(long account, long event, long endpoint);

    Optional<Account> account(long no);

    /** All, oldest first: for the operator, who alone sees more than one. */
    List<Account> accounts();

    /** Newest first: for the operator. */
    Page<Account> accounts(PageRequest page);

    /** Oldest first: names need not differ. */
    List<Account> accountsNamed(String name);

    /** By the lower-case hex SHA-256 of the key. */
    Optional<ApiKey> key(String hash);

    /** All, newest first. */
    List<ApiKey> keys(long account);

    /** Newest first. */
    Page<ApiKey> keys(long account, PageRequest page);

    boolean hasKeys();

    /** The answer kept for {@link KeptAnswer#request}, also one that is out of date and not forgotten yet. */
    Optional<KeptAnswer> keptAnswer(long account, String request);
}
