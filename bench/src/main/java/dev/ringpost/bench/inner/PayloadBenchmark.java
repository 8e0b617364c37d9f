package dev.ringpost.bench.inner;

import dev.ringpost.bench.load.SampleCall;
import dev.ringpost.call.Payloads;
import dev.ringpost.call.Transition;
import dev.ringpost.id.PublicIds;
import dev.ringpost.signing.WebhookSecret;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a receiver gets: the bytes of a payload of 700, and their signature. */
@State(Scope.Thread)
public class PayloadBenchmark {
    private final Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
    private final PublicIds ids = new PublicIds(new byte[32]);
    private final Payloads payloads = new Payloads(ids);
    private final Transition.Applied applied =
            SampleCall.connected(SampleCall.machine(), SampleCall.queued(1, 1, "b-1", now), now);
    private final byte[] written =
            payloads.write(applied.call(), 1, now, applied.fired().getFirst());
    private final WebhookSecret secret = WebhookSecret.parse("whsec_YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJr");
    private final String id = ids.event(1);

    @Benchmark
    public byte[] payload() {
        return payloads.write(applied.call(), 1, now, applied.fired().getFirst());
    }

    @Benchmark
    public String signature() {
        return secret.sign(id, now.getEpochSecond(), written);
    }
}
