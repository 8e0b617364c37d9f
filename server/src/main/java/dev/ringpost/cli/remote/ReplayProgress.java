package dev.ringpost.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for a replay and tells how far it is. */
public final class ReplayProgress {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Remote remote;
    private final Consumer<String> line;

    /** @param line shows how far it is, in place of what it showed before */
    public ReplayProgress(Remote remote, Consumer<String> line) {
        this.remote = remote;
        this.line = line;
    }

    /**
     * Returns the job once it does not run any more.
     *
     * @throws RemoteFailure where the server can't say
     */
    public Remote.Answer await(Remote.Answer started) throws InterruptedException {
        Remote.Answer job = started;
        String path = "/v1/replays/" + Remote.segment(job.json().path("id").asText());
        while (job.json().path("status").asText().equals("running")) {
            line.accept(text(job.json()));
            Thread.sleep(BETWEEN);
            job = remote.get(path);
        }
        line.accept("");
        return job;
    }

    private static String text(JsonNode job) {
        long ended = job.path("succeeded").asLong() + job.path("failed").asLong();
        return "%s: %d of %d sent again, %d failed"
                .formatted(
                        job.path("id").asText(),
                        ended,
                        job.path("total").asLong(),
                        job.path("failed").asLong());
    }
}
