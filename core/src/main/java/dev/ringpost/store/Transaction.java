package dev.ringpost.store;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Interval;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The write side of one batch. Everything done through it becomes durable together, with the batch's commit, or not at
 * all. Used by the one writer thread only. Reads see the batch's own writes.
 */
public interface Transaction {
    /** The calls that exist, by number, whichever account they are of: the caller compares the account. */
    Map<Long, Call> calls(Collection<Long> numbers);

    Map<ExternalKey, Call> callsByExternalId(Collection<ExternalKey> keys);

    /** Those of the keys that are known. */
    Set<ReportKey> knownReportKeys(Collection<ReportKey> keys);

    void insertReportKeys(Collection<ReportKey> keys);

    void insertCalls(Collection<Call> calls);

    void updateCalls(Collection<Call> calls);

    void insertEvents(Collection<Event> events);

    /** Those of the names whose calls were erased. */
    Set<CallName> erased(Collection<CallName> names);

    /**
     * From the commit on nothing of the calls can be read or is due, and their names are known as erased. What waits of
     * them, their events and what the log knows of them is left to {@link #eraseSlice}.
     */
    void eraseCalls(Collection<Call> calls);

    /**
     * Goes on with the erasures that were committed: what waits of a call ends as cancelled, its events go, and its
     * attempts stay without answer and call; of an account nothing stays.
     *
     * @param rows about how many are changed at most
     * @return whether something is left to do
     */
    boolean eraseSlice(int rows);

    /**
     * Deletes what is older: events, where what waits of them ends as cancelled; attempts by their completion; calls
     * that are over and did not change since, and all that is known of them.
     *
     * @param rows about how many are changed at most
     * @return whether something is left to do
     */
    boolean expireSlice(Instant before, int rows);

    /** Sets each timer, or clears it where {@code due} is null. */
    void setTimers(Collection<CallTimer> timers);

    /** Of the account's webhooks of kind {@code account} that are not deleted, inactive ones included. */
    Subscriptions subscriptions(long account);

    /** How many webhooks {@link #subscriptions} is of; takes no longer where there are many. */
    default int countAccountWebhooks(long account) {
        return subscriptions(account).size();
    }

    /** The account's endpoint of kind {@code call} with this URL, made if it is new. */
    Webhook callWebhook(long account, String url);

    /** The endpoints of any kind that are not deleted, by number, whichever account they are of. */
    Map<Long, Webhook> webhooks(Collection<Long> numbers);

    /** As {@link #webhooks}. */
    default Optional<Webhook> webhook(long no) {
        return Optional.ofNullable(webhooks(List.of(no)).get(no));
    }

    void insertFresh(Collection<Delivery> deliveries);

    /**
     * Applies the engine's changes in order. Each attempt's row gets its log number here, so that rows are only ever
     * added at the front of the log.
     */
    void apply(Collection<LaneWrite> writes);

    /**
     * The delivery is asked for: it stands in the queue with {@link Rank#ASKED}, due now, its schedule from the start and
     * its attempts counted on, wherever it stood, and also where it had ended.
     */
    LaneState ask(Delivery delivery, Instant now);

    /**
     * What waits for its time at the endpoint, and failed no later than this, is due at this time.
     *
     * @return how many that were, at most {@code limit}: fewer say that these were the last
     */
    int makeDue(long endpoint, Instant failedBefore, int limit);

    /** What the sweep covers in the endpoint's queue, in order of event number, after this one. */
    SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit);

    /** To be done, also after a crash, until it is deleted. */
    void insertSweep(Sweep sweep);

    void deleteSweep(Sweep sweep);

    void insertReplay(Replay replay);

    /** How many run for the account. */
    int runningReplays(long account);

    Optional<Replay> replay(long no);

    /** What became of the replay's next events at its endpoint, in order of event number, at most so many. */
    List<PastEvent> pastEvents(Replay replay, int limit);

    /**
     * Queues these deliveries for the replay, but for those that wait already. Its total grows by as many, and its
     * position becomes the event.
     *
     * @return how the endpoint's lane is then; empty where nothing was queued
     */
    Optional<LaneState> queueReplay(Replay replay, List<Delivery> deliveries, long position);

    void endReplay(long no, Replay.Status status);

    /** Logs the attempt of a test, which belongs to no delivery in the queue. Returns the row. */
    LoggedAttempt logTest(TestAttempt attempt);

    void insertWebhook(Webhook webhook);

    /** Replaces all fields of the webhook with this number. */
    void updateWebhook(Webhook webhook);

    /** Marks it deleted: it takes no more deliveries, and its log stays. */
    void deleteWebhook(long account, long no);

    /**
     * Marks an endpoint of kind {@code call} deleted where no call that is not over has it, nothing waits there, and nothing
     * was sent or changed there since this time. False: it is still in use.
     */
    boolean deleteIdleCallWebhook(Webhook webhook, Instant since);

    void insertAccount(Account account);

    Optional<Account> account(long no);

    /** Replaces the signing secrets of the account, and with them those of the endpoints that they sign for. */
    void replaceSecrets(long account, List<SigningSecret> secrets, Instant now);

    /**
     * Deletes an account, and with it its keys and its webhooks of both kinds. All else of it is left to
     * {@link #eraseSlice}.
     *
     * @return the webhooks that it had; empty where there is no such account
     */
    Optional<List<Webhook>> deleteAccount(long no);

    void insertKey(ApiKey key);

    /** There is a key of scope operator, in whichever account. */
    boolean hasOperatorKey();

    /** False where the account has no such key. */
    boolean deleteKey(long account, long no);

    /** Takes the place of an answer to the same request that is older than {@link KeptAnswer#LIFETIME}. */
    void keepAnswer(KeptAnswer answer);

    /**
     * Forgets what was answered about a call, webhook, account or key. What deletes a webhook, an account or a key does
     * this too.
     */
    void forgetAnswersAbout(long no);

    /**
     * Forgets answers that were given before a time, the oldest first.
     *
     * @return how many, at most {@code limit}
     */
    int forgetAnswers(Instant before, int limit);

    /** Adds to what is stored of each interval; more than one may be of the same. */
    void addCounts(Collection<Counted> counted);

    /**
     * Forgets intervals of this length that began before a time, the oldest first.
     *
     * @param interval {@code MINUTE} or {@code HOUR}: these are stored
     * @return how many, at most {@code limit}
     */
    int forgetCounts(Interval interval, Instant before, int limit);

    /** Writes something that means nothing, so that the commit fails where the database takes no writes. */
    void touch();
}
