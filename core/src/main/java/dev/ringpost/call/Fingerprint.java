package dev.ringpost.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What a report says, all fields but {@code at}: the first 64 bits of a SHA-256 over them. Two reports with one
 * fingerprint are the same report again.
 *
 * @param type what the report is compared within; partial and final transcripts are two types here, so that a partial
 *     repeated behind the final one is still known
 */
record Fingerprint(String type, long hash) {
    static final String ANALYSIS = "analysis";
    static final String FINAL_TRANSCRIPT = "transcript.final";

    private static final long NO_FIELDS = 0;

    /** Null for what Ringpost itself decided: that is idempotent by its effect. */
    static @Nullable Fingerprint of(Report report) {
        return switch (report) {
            case Report.Initiated _ -> new Fingerprint("initiated", NO_FIELDS);
            case Report.Connected _ -> new Fingerprint("connected", NO_FIELDS);
            case Report.Ended ended ->
                over(
                        "ended",
                        ended.endReason(),
                        ended.durationSeconds(),
                        ended.hasResult(),
                        ended.outcome(),
                        ended.summary());
            case Report.Failed failed -> over("failed", failed.reason());
            case Report.RecordingReady ready -> ofRecording(ready.recording());
            case Report.TranscriptSaid said ->
                over(
                        said.last() ? FINAL_TRANSCRIPT : "transcript.partial",
                        said.messages().text());
            case Report.Analyzed analyzed -> of(analyzed);
            case Report.Stop _,
                    Report.AnalysisWaitElapsed _,
                    Report.Taken _,
                    Report.EngineUnavailable _,
                    Report.Lost _ -> null;
        };
    }

    static Fingerprint of(Report.Analyzed analyzed) {
        Json data = analyzed.data();
        return over(ANALYSIS, analyzed.outcome(), analyzed.summary(), data == null ? null : data.text());
    }

    private static Fingerprint ofRecording(Recording recording) {
        return over(
                "recording", recording.url(), recording.durationSeconds(), recording.format(), recording.expiresAt());
    }

    boolean isLastIn(CallProgress progress) {
        Long last = progress.fingerprints().get(type);
        return last != null && last == hash;
    }

    /** Each field goes in with its length, so that no two lists of fields make the same bytes. */
    private static Fingerprint over(String type, @Nullable Object... fields) {
        MessageDigest digest = sha256();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        for (Object field : fields) {
            byte[] bytes = field == null ? null : field.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(
                    length.clear().putInt(bytes == null ? -1 : bytes.length).flip());
            if (bytes != null) {
                digest.update(bytes);
            }
        }
        return new Fingerprint(type, ByteBuffer.wrap(digest.digest()).getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
