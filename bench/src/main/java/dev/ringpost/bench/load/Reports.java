package dev.ringpost.bench.load;

import dev.ringpost.bench.process.ServerUnderLoad;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests to {@code POST /v1/reports} that differ in the numbers of their calls, and in their accounts where there are
 * several. Each report is of a new call and fires one event that is delivered.
 */
public final class Reports {
    private static final byte[] NUMBER = "#".repeat(Flights.DIGITS).getBytes(StandardCharsets.US_ASCII);

    private final byte[] template;
    private final int[] numbersAt;
    private final int[] accountsAt;
    private final List<byte[]> accounts;

    /**
     * @param report one report as JSON, made by {@link #started} or {@link #transcript}
     * @param aRequest how many go in one request
     * @param accounts public ids of the accounts that take turns; empty: the key's own
     */
    public Reports(Report report, int aRequest, List<String> accounts) {
        this.accounts = accounts.stream()
                .map(id -> id.getBytes(StandardCharsets.US_ASCII))
                .toList();
        String account =
                accounts.isEmpty() ? null : "@".repeat(accounts.getFirst().length());
        String one = report.json(account);
        String body = aRequest == 1 ? one : "[" + String.join(",", Collections.nCopies(aRequest, one)) + "]";
        template = request(body);
        numbersAt = find(NUMBER);
        accountsAt = account == null ? new int[0] : find(account.getBytes(StandardCharsets.US_ASCII));
    }

    /** A report, and with it what its event's payload is like. */
    @FunctionalInterface
    public interface Report {
        String json(@Nullable String account);
    }

    /** Fires {@code call.started}; the request and the payload have about 700 bytes. */
    public static Report started() {
        return account -> report("connected", account, "", SampleCall.METADATA);
    }

    /** Fires {@code call.started} and a {@code transcript.partial} whose payload is so many bytes. */
    public static Report transcript(int bytes) {
        String messages = ",\"final\":false,\"messages\":[{\"role\":\"agent\",\"content\":\"" + "x".repeat(bytes - 400)
                + "\",\"at\":\"00:01\"}]";
        return account -> report("transcript", account, messages, "{}");
    }

    private static String report(String type, @Nullable String account, String more, String metadata) {
        return "{\"type\":\"" + type + "\"" + (account == null ? "" : ",\"account_id\":\"" + account + "\"")
                + ",\"external_id\":\"b-" + new String(NUMBER, StandardCharsets.US_ASCII) + "\"" + more
                + ",\"call\":{\"agent_id\":\"" + SampleCall.AGENT + "\",\"type\":\"inbound\",\"from_number\":\""
                + SampleCall.FROM + "\",\"to_number\":\"" + SampleCall.TO + "\",\"metadata\":" + metadata + "}}";
    }

    public int aRequest() {
        return numbersAt.length;
    }

    /** Bytes to be given to {@link #fill}. */
    byte[] blank() {
        return template.clone();
    }

    /** @param first the number of the first report; the others follow it */
    void fill(byte[] request, long first) {
        for (int i = 0; i < numbersAt.length; i++) {
            Bytes.putDigits(request, numbersAt[i], Flights.DIGITS, first + i);
        }
        for (int i = 0; i < accountsAt.length; i++) {
            byte[] account = accounts.get((int) ((first + i) % accounts.size()));
            System.arraycopy(account, 0, request, accountsAt[i], account.length);
        }
    }

    private static byte[] request(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST /v1/reports HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer "
                        + ServerUnderLoad.KEY + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private int[] find(byte[] place) {
        List<Integer> found = new ArrayList<>();
        for (int at = Bytes.indexOf(template, 0, template.length, place);
                at >= 0;
                at = Bytes.indexOf(template, at + place.length, template.length, place)) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
