package dev.ringpost.callengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.output.CallDocument;
import dev.ringpost.call.Call;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Direction;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.intake.Intake;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sender.CachedResolver;
import dev.ringpost.sender.HttpSender;
import dev.ringpost.sender.SenderSettings;
import dev.ringpost.sender.SystemResolver;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.PageRequest;
import dev.ringpost.webhook.SigningSecret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The store, the intake and what tells the engine, with a clock that tests move. */
public final class EngineRig implements AutoCloseable {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final long ACCOUNT = 1;

    private volatile Duration ahead = Duration.ZERO;
    public final InstantSource clock = () -> Instant.now().plus(ahead);
    public final Clocks clocks = Clocks.of(clock, () -> System.nanoTime() + ahead.toNanos());
    public final SqliteStore store;
    public final GroupCommit journal;
    public final PublicIds ids;
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final SystemResolver resolver = new SystemResolver(8);
    private final HttpSender sender;

    public EngineRig(Path folder) {
        MasterKey masterKey = new MasterKey(new byte[32]);
        ids = masterKey.publicIds();
        store = SqliteStore.open(folder, masterKey, clock);
        Intake intake = new Intake(
                store.numbers(), ids, clock, new Intake.Settings(Duration.ofSeconds(10), Duration.ofHours(6), true));
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> {
                    Intake.Result result = intake.process(transaction, commands);
                    return new CallFold.Folded(result.answers(), result.committed(), result.events());
                },
                committed -> {},
                blocking,
                clock);
        SenderSettings settings = new SenderSettings(true, true, 100, Duration.ofSeconds(30), null);
        sender = new HttpSender(vertx, settings, new CachedResolver(resolver, resolver), clocks);
    }

    /** What tells the engine behind this URL, not yet started. */
    public EngineCommands commands(String url) {
        HttpCallEngine engine = new HttpCallEngine(
                url,
                "1",
                new HttpCallEngine.Tools(
                        clock,
                        ids,
                        new CallDocument(store.records(), ids),
                        () -> List.of(new SigningSecret(SECRET, null)),
                        sender,
                        vertx.getOrCreateContext(),
                        blocking));
        return new EngineCommands(
                new EngineCommands.Parts(clocks, ids, store.records(), store.backlog(), journal), engine);
    }

    public void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Returns its id. */
    public String create(@Nullable Instant scheduledAt) {
        return create(scheduledAt, "{\"n\":12345678901234567890.10}");
    }

    public String create(@Nullable Instant scheduledAt, String metadata) {
        CallSpec spec = new CallSpec(
                null,
                "agent",
                Direction.OUTBOUND,
                "+4930555020",
                "+4930555010",
                scheduledAt,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                new Json(metadata),
                null);
        return ids.call(submit(new CallCommand.Create(ACCOUNT, spec)).no());
    }

    public void report(String callId, Report report) {
        submit(new CallCommand.Apply(ACCOUNT, new CallRef.ByNumber(number(callId)), report, null));
    }

    public void stop(String callId) {
        report(callId, new Report.Stop(clock.instant()));
    }

    public Call call(String callId) {
        return store.records().call(ACCOUNT, number(callId)).orElseThrow();
    }

    /** As GET shows it. */
    public JsonNode document(String callId) throws IOException {
        Call call = call(callId);
        return new ObjectMapper()
                .readTree(Reply.ok(json -> new CallDocument(store.records(), ids).write(json, call))
                        .body());
    }

    /** The types of what the call fired, in order. */
    public List<String> fired(String callId) {
        return store
                .records()
                .events(ACCOUNT, new EventFilter(null, number(callId), null, null), new PageRequest.Offset(100, 0))
                .items()
                .reversed()
                .stream()
                .map(event -> event.type().wireName())
                .toList();
    }

    private long number(String callId) {
        return ids.parse(IdKind.CALL, callId).orElseThrow();
    }

    private Call submit(CallCommand command) {
        CallAnswer answer = journal.submit(List.of(command)).join().getFirst();
        if (answer instanceof CallAnswer.Done(Call call, var _, var _)) {
            return call;
        }
        throw new IllegalStateException("Refused: " + answer);
    }

    @Override
    public void close() {
        sender.close().await();
        vertx.close().await();
        journal.close();
        store.close();
        resolver.close();
        blocking.shutdownNow();
    }
}
