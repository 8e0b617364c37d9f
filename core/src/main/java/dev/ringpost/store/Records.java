package dev.ringpost.store;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is committed, for users to read. Every question carries the account: another account's rows are never found.
 *
 * <p>Who reads a list forwards goes on after the greatest number that it has seen, and must miss nothing by that. So
 * {@link #eventsAfter}, {@link #attemptsAfter}, {@link #newestEvent} and {@link #newestAttempt} show a number only once no
 * smaller one of the account can be committed any more. Where one writer gives the numbers inside its transactions, as on
 * SQLite, that is so for all that is committed.
 */
public interface Records {
    Optional<Call> call(long account, long no);

    /** Newest first. */
    Page<Call> calls(long account, CallFilter filter, PageRequest page);

    Optional<Event> event(long account, long no);

    /** Those of calls, newest first. */
    Page<Event> events(long account, EventFilter filter, PageRequest page);

    /** Those of calls that come after this number. */
    Stretch<Event> eventsAfter(long account, EventFilter filter, long after, Stretch.Bound bound);

    /** The greatest number of an event, whether it can be read or not; 0 where there is none. */
    long newestEvent(long account);

    Optional<Webhook> webhook(long account, long no);

    /** Newest first. */
    Page<Webhook> webhooks(long account, WebhookFilter filter, PageRequest page);

    /** What is remembered of an endpoint's lane; empty where nothing went there yet. */
    Optional<LaneState> lane(long account, long endpoint);

    /** How many deliveries the endpoint has in its queue, in flight or not. */
    long queueLength(long account, long endpoint);

    /**
     * What waits at the endpoint, by event number, newest first.
     *
     * @param but left out: what is in flight
     */
    Page<WaitingDelivery> waiting(long account, long endpoint, Set<Long> but, PageRequest page);

    /** Empty where it has ended, or never was. */
    Optional<WaitingDelivery> waiting(long account, long event, long endpoint);

    Optional<Replay> replay(long account, long no);

    /**
     * What was counted, the oldest interval first; those in which nothing happened are left out.
     *
     * @param endpoint {@link Counted#WHOLE_ACCOUNT}, or an endpoint's number, deleted or not: of these there are no minutes
     * @param interval {@code MINUTE} or {@code HOUR}
     * @param since begin of an interval
     * @param until begin of the interval after the last
     */
    List<Counted> counts(long account, long endpoint, Interval interval, Instant since, Instant until);

    /**
     * The attempts at each of these endpoints in the hours that begin from {@code since} on; those that had none are left
     * out.
     *
     * @param until begin of the hour after the last
     */
    Map<Long, Attempts> attempts(long account, Collection<Long> endpoints, Instant since, Instant until);

    /** How the account's endpoints that are not deleted are doing now. */
    Standing standing(long account);

    /** Newest first. */
    Page<LoggedAttempt> attempts(long account, AttemptFilter filter, PageRequest page);

    /** Those that come after this number. */
    Stretch<LoggedAttempt> attemptsAfter(long account, AttemptFilter filter, long after, Stretch.Bound bound);

    /** The greatest number in the log; 0 where it is empty. */
    long newestAttempt(long account);

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
