package dev.ringpost.api.http;

import dev.ringpost.api.problem.Failures;
import dev.ringpost.api.problem.Fault;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.Records;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that carry an {@code Idempotency-Key}: each is done once, and its first answer is given again for
 * {@link KeptAnswer#LIFETIME}. A request holds its key's place in memory while it runs, so that a twin never runs beside
 * it; the store is asked only after the place is taken, so that a twin that comes later finds the answer.
 */
public final class Idempotency {
    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    /** Requests with a key that may run at once. */
    private static final int MOST_RUNNING = 4096;

    private static final int FORGOTTEN_AT_ONCE = 100;
    private static final String IN_FLIGHT_RETRY = "1";

    private final Records records;
    private final Journal journal;
    private final NumberSource numbers;
    private final InstantSource clock;
    private final Executor blocking;
    private final Map<Place, String> running = new ConcurrentHashMap<>();
    private final AtomicBoolean forgetting = new AtomicBoolean();

    private record Place(long account, String request) {}

    /** @param blocking where the store is asked */
    public Idempotency(Records records, Journal journal, NumberSource numbers, InstantSource clock, Executor blocking) {
        this.records = records;
        this.journal = journal;
        this.numbers = numbers;
        this.clock = clock;
        this.blocking = blocking;
    }

    /**
     * Does the work of a request, or gives its first answer again.
     *
     * @param keys the values of its header, at least one
     * @param work does it, given the request with the {@link Commit} that it must use
     * @return fails with 422 for a key that is none or was used with another body, 409 while the first still runs
     */
    Future<Reply> once(
            Operation operation,
            Request request,
            List<String> keys,
            Context loop,
            Function<Request, Future<Reply>> work) {
        KeyedRequest keyed = KeyedRequest.of(operation.method().name(), request, keys);
        Place place = new Place(keyed.account(), keyed.request());
        takePlace(place, keyed);
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> find(keyed), blocking), loop)
                .compose(kept -> kept.isPresent()
                        ? Future.succeededFuture(again(kept.get(), keyed))
                        : first(operation, request, keyed, loop, work))
                .onComplete(answered -> running.remove(place));
    }

    private void takePlace(Place place, KeyedRequest keyed) {
        if (running.size() >= MOST_RUNNING) {
            throw Problem.overloaded("Too many requests with an Idempotency-Key are running", Duration.ofSeconds(1))
                    .asException();
        }
        String other = running.putIfAbsent(place, keyed.body());
        if (other != null && !other.equals(keyed.body())) {
            throw mismatch().asException();
        }
        if (other != null) {
            throw new Problem(
                            ProblemType.IDEMPOTENCY_IN_FLIGHT,
                            "The first request with this Idempotency-Key still runs; ask again in a moment")
                    .withHeader("retry-after", IN_FLIGHT_RETRY)
                    .asException();
        }
    }

    private Optional<KeptAnswer> find(KeyedRequest keyed) {
        return records.keptAnswer(keyed.account(), keyed.request())
                .filter(kept ->
                        NumberSource.timeOf(kept.no()).plus(KeptAnswer.LIFETIME).isAfter(clock.instant()));
    }

    private static Reply again(KeptAnswer kept, KeyedRequest keyed) {
        if (!kept.body().equals(keyed.body())) {
            throw mismatch().asException();
        }
        Map<String, String> headers = new HashMap<>();
        headers.put("idempotent-replayed", "true");
        String location = kept.location();
        if (location != null) {
            headers.put("location", location);
        }
        return new Reply(kept.status(), kept.contentType(), headers, kept.content());
    }

    private Future<Reply> first(
            Operation operation,
            Request request,
            KeyedRequest keyed,
            Context loop,
            Function<Request, Future<Reply>> work) {
        KeptCommit commit = new KeptCommit(journal, numbers, keyed);
        return Future.succeededFuture(request.committedBy(commit))
                .compose(work)
                .otherwise(failure -> Reply.of(Failures.problemOf(failure, operation.toString())))
                .compose(reply -> Future.fromCompletionStage(commit.keepLate(reply), loop));
    }

    private static Problem mismatch() {
        String fault = "was used before with another body: use a new key for another request";
        return new Problem(
                ProblemType.IDEMPOTENCY_MISMATCH,
                "The Idempotency-Key " + fault,
                List.of(new Fault("/idempotency-key", fault)));
    }

    /** Forgets answers that are out of date, slice by slice. Does nothing where it is already at it. */
    public void forgetOutOfDate() {
        if (forgetting.compareAndSet(false, true)) {
            forgetSlice();
        }
    }

    private void forgetSlice() {
        var _ = journal.change(transaction ->
                        transaction.forgetAnswers(clock.instant().minus(KeptAnswer.LIFETIME), FORGOTTEN_AT_ONCE))
                .whenComplete((forgotten, failure) -> {
                    if (failure != null) {
                        log.warn("Old answers can't be forgotten, trying again later: {}", failure.getMessage());
                    }
                    if (failure == null && forgotten == FORGOTTEN_AT_ONCE) {
                        forgetSlice();
                    } else {
                        forgetting.set(false);
                    }
                });
    }
}
