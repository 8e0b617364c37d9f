package dev.ringpost.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.callengine.EngineRig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to calls by time alone, from a real store. */
class CallTimersTest {
    @TempDir
    Path folder;

    private EngineRig rig;
    private CallTimers timers;

    @BeforeEach
    void start() {
        rig = new EngineRig(folder);
        timers = new CallTimers(rig.store.backlog(), rig.journal, rig.clock);
        timers.start();
    }

    @AfterEach
    void stop() {
        timers.close();
        rig.close();
    }

    private Report.Connected connected() {
        return new Report.Connected(rig.clock.instant());
    }

    @Test
    void callEndedGoesWithoutItsAnalysisWhenItHasWaitedLongEnough() {
        String call = rig.create(null);
        rig.report(call, new Report.Ended(rig.clock.instant(), "hung_up", null, false, null, null));
        rig.advance(Duration.ofSeconds(8));
        assertThat(rig.fired(call)).containsExactly("call.started");
        rig.advance(Duration.ofSeconds(2));
        await().until(() -> rig.fired(call).size() == 2);
        assertThat(rig.fired(call)).containsExactly("call.started", "call.ended");
    }

    @Test
    void aCallThatIsStoppedWaitsForItsAnalysisLikeAnyOther() {
        String call = rig.create(null);
        rig.report(call, connected());
        rig.stop(call);
        assertThat(rig.fired(call)).containsExactly("call.started");
        rig.advance(Duration.ofSeconds(10));
        await().until(() -> rig.fired(call).size() == 2);
    }

    @Test
    void aCallWithoutReportsIsLostAndFailsOrEnds() {
        String queued = rig.create(null);
        String talking = rig.create(null);
        String planned = rig.create(rig.clock.instant().plus(Duration.ofHours(5)));
        rig.report(talking, connected());
        rig.advance(Duration.ofHours(6));
        await().until(() -> rig.call(queued).status() == CallStatus.FAILED);
        await().until(() -> rig.call(talking).status() == CallStatus.COMPLETED);
        assertThat(rig.call(queued).facts().failureReason()).isEqualTo("lost");
        assertThat(rig.call(talking).facts().endReason()).isEqualTo("lost");
        assertThat(rig.call(planned).status()).isEqualTo(CallStatus.QUEUED);
        rig.advance(Duration.ofHours(5));
        await().until(() -> rig.call(planned).status() == CallStatus.FAILED);
        assertThat(rig.fired(talking)).contains("call.ended");
    }

    @Test
    void aReportPutsTheTimeoutOff() {
        String call = rig.create(null);
        rig.advance(Duration.ofHours(5));
        rig.report(call, connected());
        rig.advance(Duration.ofHours(5));
        String other = rig.create(null);
        rig.advance(Duration.ofMinutes(30));
        rig.report(other, new Report.Ended(rig.clock.instant(), null, null, false, null, null));
        rig.advance(Duration.ofSeconds(10));
        await().until(() -> rig.fired(other).size() == 2);
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.IN_PROGRESS);
        rig.advance(Duration.ofMinutes(30));
        await().until(() -> rig.call(call).status() == CallStatus.COMPLETED);
    }
}
