package dev.ringpost.sender;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.AttemptResult.Verdict;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an answer, or the lack of one, means for the delivery. */
final class Outcome {
    private static final int MAX_HEADERS = 64;
    private static final int MAX_HEADER_VALUE = 1024;

    private Outcome() {}

    static AttemptResult answered(
            String url, HttpClientResponse response, byte[] body, Duration duration, Instant now) {
        int status = response.statusCode();
        Verdict verdict = verdict(status);
        boolean succeeded = verdict == Verdict.SUCCEEDED;
        return new AttemptResult(
                verdict,
                Reach.REACHED,
                url,
                status,
                ReadableBody.of(body, response.getHeader("content-encoding"), Exchange.MAX_BODY),
                headers(response),
                succeeded ? null : statusLine(status),
                duration,
                succeeded ? null : RetryAfter.parse(response.getHeader("retry-after"), now));
    }

    static AttemptResult unanswered(String url, Verdict verdict, Reach reach, String error, Duration duration) {
        return new AttemptResult(verdict, reach, url, null, null, Map.of(), error, duration, null);
    }

    static Verdict verdict(int status) {
        return switch (status) {
            case 410 -> Verdict.GONE;
            case 429, 502, 503, 504 -> Verdict.OVERLOADED;
            default -> status >= 200 && status <= 299 ? Verdict.SUCCEEDED : Verdict.FAILED;
        };
    }

    /** In our own words: a receiver's reason phrase could repeat what it was sent, and this line reaches logs. */
    private static String statusLine(int status) {
        HttpResponseStatus known = HttpResponseStatus.valueOf(status);
        String line = "HTTP " + status + phrase(known);
        if (known.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            return line + ": Ringpost never asks for another protocol; answer with a 2xx";
        }
        return known.codeClass() == HttpStatusClass.REDIRECTION
                ? line + ": redirects are not followed, give the final URL"
                : line;
    }

    private static String phrase(HttpResponseStatus status) {
        // Netty names an unknown status after its class, in parentheses.
        return status.reasonPhrase().endsWith(")") ? "" : " " + status.reasonPhrase();
    }

    private static Map<String, List<String>> headers(HttpClientResponse response) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int kept = 0;
        for (Map.Entry<String, String> header : response.headers()) {
            if (kept++ == MAX_HEADERS) {
                break;
            }
            headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(cut(header.getValue(), MAX_HEADER_VALUE));
        }
        return headers;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
