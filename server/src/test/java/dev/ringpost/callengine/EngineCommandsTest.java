package dev.ringpost.callengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.callengine.TestEngine.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandsTest {
    @TempDir
    Path folder;

    private EngineRig rig;
    private TestEngine engine;
    private EngineCommands commands;

    @BeforeEach
    void start() throws IOException {
        rig = new EngineRig(folder);
        engine = new TestEngine(EngineRig.SECRET, rig.clock);
        commands = rig.commands(engine.url());
        commands.start();
    }

    @AfterEach
    void stop() {
        commands.close();
        engine.close();
        rig.close();
    }

    @Test
    void theEngineGetsTheCallAsItIsShownAndSigned() throws Exception {
        String call = rig.create(null);
        commands.commandsDue();
        await().until(() -> rig.call(call).status() == CallStatus.INITIATED);
        Got place = engine.got.getFirst();
        assertThat(place.command()).isEqualTo("place");
        assertThat(place.id()).isEqualTo(call + "_place");
        assertThat(place.contentType()).isEqualTo("application/json");
        assertThat(place.userAgent()).isEqualTo("Ringpost/1");
        ObjectNode shown = (ObjectNode) rig.document(call);
        shown.put("status", "queued");
        shown.set("updated_at", place.body().at("/call/updated_at"));
        assertThat(place.body().get("call")).isEqualTo(shown);
        assertThat(rig.fired(call)).isEmpty();
    }

    @Test
    void whatIsNotTakenComesAgainUnderTheSameId() {
        List<Integer> answers = List.of(500, 404, 302, 204);
        AtomicInteger next = new AtomicInteger();
        engine.answer = command -> answers.get(next.getAndIncrement());
        String call = rig.create(null);
        for (int i = 1; i <= 4; i++) {
            int times = i;
            await().until(() -> engine.got.size() == times);
            rig.advance(Duration.ofSeconds(8));
        }
        await().until(() -> rig.call(call).status() == CallStatus.INITIATED);
        assertThat(engine.got).extracting(Got::id).containsOnly(call + "_place").hasSize(4);
    }

    @Test
    void aCallThatTheEngineDoesNotTakeInTimeFails() {
        engine.answer = command -> 500;
        String call = rig.create(null);
        await().until(() -> !engine.got.isEmpty());
        rig.advance(Duration.ofSeconds(50));
        await().until(() -> engine.got.size() > 1);
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.QUEUED);
        rig.advance(Duration.ofSeconds(11));
        await().until(() -> rig.call(call).status() == CallStatus.FAILED);
        assertThat(rig.call(call).facts().failureReason()).isEqualTo("engine_unavailable");
        assertThat(rig.fired(call)).containsExactly("call.failed");
        int told = engine.got.size();
        String next = rig.create(null);
        await().until(() -> engine.got.getLast().callId().equals(next));
        assertThat(engine.got).hasSize(told + 1);
    }

    @Test
    void aPlannedCallWaitsForItsTime() {
        Instant planned = rig.clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        String later = rig.create(planned);
        String stopped = rig.create(planned);
        String now = rig.create(null);
        await().until(() -> rig.call(now).status() == CallStatus.INITIATED);
        rig.stop(stopped);
        assertThat(engine.got).extracting(Got::callId).containsExactly(now);
        rig.advance(Duration.ofHours(1));
        await().until(() -> rig.call(later).status() == CallStatus.INITIATED);
        assertThat(engine.got).extracting(Got::callId).containsExactly(now, later);
    }

    @Test
    void anEngineThatHangsOnPlacesStopsCallsAllTheSame() {
        String running = rig.create(null);
        await().until(() -> rig.call(running).status() == CallStatus.INITIATED);
        engine.answer = command -> command.command().equals("place") ? TestEngine.HANG : 204;
        IntStream.range(0, 50).forEach(_ -> rig.create(null));
        await().until(() -> engine.commands("place").size() == 33);
        rig.stop(running);
        await().until(() -> engine.commands("stop").size() == 1);
        assertThat(engine.commands("place")).hasSize(33);
        Got stop = engine.commands("stop").getFirst();
        assertThat(stop.id()).isEqualTo(running + "_stop");
        assertThat(stop.body().at("/call/failure_reason").asText()).isEqualTo("api_stop");
    }

    @Test
    void aRestartForgetsNoPlacement() {
        engine.answer = command -> 503;
        String call = rig.create(null);
        String planned = rig.create(rig.clock.instant().plusSeconds(3600));
        await().until(() -> !engine.got.isEmpty());
        commands.close();
        engine.answer = command -> 200;
        commands = rig.commands(engine.url());
        commands.start();
        await().until(() -> rig.call(call).status() == CallStatus.INITIATED);
        assertThat(engine.got).extracting(Got::id).containsOnly(call + "_place");
        rig.advance(Duration.ofHours(1));
        await().until(() -> rig.call(planned).status() == CallStatus.INITIATED);
    }

    @Test
    void whatBecameDueWhileNoServerRanIsTriedBeforeItFails() {
        commands.close();
        engine.answer = command -> command.id().endsWith("_place") ? 200 : 500;
        String call = rig.create(null);
        rig.advance(Duration.ofMinutes(10));
        commands = rig.commands(engine.url());
        commands.start();
        await().until(() -> rig.call(call).status() == CallStatus.INITIATED);
    }

    @Test
    void aStopThatIsNotTakenChangesNothing() {
        String call = rig.create(null);
        await().until(() -> rig.call(call).status() == CallStatus.INITIATED);
        engine.answer = command -> 500;
        rig.report(call, new Report.Connected(rig.clock.instant()));
        rig.stop(call);
        await().until(() -> engine.commands("stop").size() == 1);
        rig.advance(Duration.ofSeconds(61));
        String next = rig.create(null);
        await().until(() -> engine.got.getLast().callId().equals(next));
        assertThat(engine.commands("stop")).hasSize(1);
        assertThat(rig.call(call).facts().endReason()).isEqualTo("api_stop");
    }

    @Test
    void aStopThatCrossesThePlaceGoesBehindIt() throws Exception {
        CountDownLatch placing = new CountDownLatch(1);
        engine.answer = command -> command.command().equals("place") ? answerAfter(placing) : 204;
        String call = rig.create(null);
        await().until(() -> engine.got.size() == 1);
        rig.stop(call);
        assertThat(engine.commands("stop")).isEmpty();
        placing.countDown();
        await().until(() -> engine.commands("stop").size() == 1);
        assertThat(rig.call(call).facts().failureReason()).isEqualTo("api_stop");
        assertThat(rig.fired(call)).containsExactly("call.failed");
    }

    @Test
    void aStopWaitsForThePlaceThatIsUnderWay() {
        String other = rig.create(null);
        await().until(() -> rig.call(other).status() == CallStatus.INITIATED);
        CountDownLatch placing = new CountDownLatch(1);
        engine.answer = command -> command.command().equals("place") ? answerAfter(placing) : 204;
        String call = rig.create(null);
        await().until(() -> engine.commands("place").size() == 2);
        rig.report(call, new Report.Connected(rig.clock.instant()));
        rig.stop(call);
        rig.stop(other);
        await().until(() -> !engine.commands("stop").isEmpty());
        assertThat(engine.commands("stop")).extracting(Got::callId).containsExactly(other);
        placing.countDown();
        await().until(() -> engine.commands("stop").size() == 2);
    }

    @Test
    void aCallThatIsStoppedAfterAnAttemptWithoutAnswerIsStoppedAtTheEngineToo() {
        engine.answer = command -> command.command().equals("place") ? 500 : 204;
        String call = rig.create(null);
        await().until(() -> engine.got.size() == 1);
        rig.stop(call);
        rig.advance(Duration.ofSeconds(5));
        await().until(() -> engine.commands("stop").size() == 1);
        assertThat(engine.commands("place")).hasSize(1);
    }

    @Test
    void stoppingTheServerWaitsForAnswers() {
        CountDownLatch placing = new CountDownLatch(1);
        engine.answer = command -> answerAfter(placing);
        String call = rig.create(null);
        await().until(() -> engine.got.size() == 1);
        Thread stopping = Thread.ofVirtual().start(() -> commands.stop(Duration.ofSeconds(10)));
        placing.countDown();
        await().until(() -> !stopping.isAlive());
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.INITIATED);
    }

    private static int answerAfter(CountDownLatch latch) {
        try {
            latch.await();
            return 204;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
