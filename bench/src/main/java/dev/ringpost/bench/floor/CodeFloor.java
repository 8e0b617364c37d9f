package dev.ringpost.bench.floor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ringpost.bench.load.Reports;
import dev.ringpost.bench.load.SampleCall;
import dev.ringpost.call.Call;
import dev.ringpost.call.Payloads;
import dev.ringpost.call.Transition;
import dev.ringpost.id.PublicIds;
import dev.ringpost.signing.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The JSON of an event's report parsed, its payload written and signed. {@code CodeFloor} */
public final class CodeFloor {
    private static final int BATCH = 100;

    private final JsonFactory json = new JsonFactory();
    private final PublicIds ids = new PublicIds(new byte[32]);
    private final Payloads payloads = new Payloads(ids);
    private final WebhookSecret secret = WebhookSecret.parse("whsec_YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJr");
    private final byte[] report = Reports.started().json(null).getBytes(StandardCharsets.UTF_8);
    private final Call call;
    private final Transition.Fired fired;
    private long checksum;

    private CodeFloor() {
        Instant now = Instant.EPOCH;
        Transition.Applied applied =
                SampleCall.connected(SampleCall.machine(), SampleCall.queued(1, 1, "b-1", now), now);
        call = applied.call();
        fired = applied.fired().getFirst();
    }

    public static void main(String[] args) throws IOException {
        CodeFloor floor = new CodeFloor();
        AtomicLong done = new AtomicLong();
        Thread.ofPlatform().daemon().name("code").start(() -> {
            while (true) {
                for (int i = 0; i < BATCH; i++) {
                    floor.once(done.get() + i);
                }
                done.addAndGet(BATCH);
            }
        });
        FloorPart.serve("ready", done::get);
        // Whatever is not used may be left out by the compiler.
        if (floor.checksum == 42) {
            System.err.println("A rare checksum");
        }
    }

    private void once(long no) {
        try (JsonParser parser = json.createParser(report)) {
            while (parser.nextToken() != null) {
                checksum += parser.getTextLength();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] payload = payloads.write(call, no, Instant.EPOCH, fired);
        checksum += secret.sign(ids.event(no), no, payload).length();
    }
}
