package dev.ringpost.bench.inner;

import dev.ringpost.bench.load.SampleCall;
import dev.ringpost.call.Call;
import dev.ringpost.call.CallMachine;
import dev.ringpost.call.Report;
import dev.ringpost.call.Transition;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The state machine of a call. */
@State(Scope.Thread)
public class CallBenchmark {
    private final Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
    private final CallMachine machine = SampleCall.machine();
    private final Call queued = SampleCall.queued(1, 1, "b-1", now);
    private final Call connected = SampleCall.connected(machine, queued, now).call();
    private final Report connects = new Report.Connected(now);
    private final Report ends = new Report.Ended(now, "hangup", 42.0, true, "booked", "A table for two");

    /** A call connects: call.started. */
    @Benchmark
    public Transition callConnects() {
        return machine.apply(queued, connects, now);
    }

    /** A call ends with its analysis: call.ended and call.analyzed. */
    @Benchmark
    public Transition callEnds() {
        return machine.apply(connected, ends, now);
    }
}
