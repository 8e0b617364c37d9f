package dev.ringpost.api.connection;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses every head that two servers could read differently: where one request ends and the next begins must leave no
 * choice (RFC 9112, sections 3.2, 6 and 11.2). What the decoder refuses already is not checked again.
 */
final class RequestFraming {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern TARGET = Pattern.compile("[!-~]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%:\\[\\]-]*");

    private RequestFraming() {}

    /** What is wrong with the head; null: nothing. */
    static @Nullable Problem problem(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return undecoded(head.decoderResult().cause());
        }
        String fault = fault(head);
        return fault == null ? null : new Problem(ProblemType.MALFORMED_REQUEST, fault);
    }

    private static Problem undecoded(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException tooLong ->
                new Problem(ProblemType.TARGET_TOO_LONG, "The request line is longer than Ringpost reads");
            case TooLongHttpHeaderException tooLong ->
                new Problem(ProblemType.HEADERS_TOO_LARGE, "The headers are together longer than Ringpost reads");
            // The decoder's own words quote what was sent.
            default ->
                new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "The head is not one of HTTP/1.1 (RFC 9112): look for characters that it does not allow, lines that"
                                + " end without CR LF, and lengths that contradict each other");
        };
    }

    private static @Nullable String fault(HttpRequest head) {
        HttpHeaders headers = head.headers();
        boolean isHttp11 = isVersion(head, HttpVersion.HTTP_1_1);
        if (!isHttp11 && !isVersion(head, HttpVersion.HTTP_1_0)) {
            return "Only HTTP/1.1 and HTTP/1.0 are spoken here";
        }
        if (headers.contains("")) {
            return "A header has no name";
        }
        if (!TARGET.matcher(head.uri()).matches()) {
            return "The request target has a character that must be percent-encoded";
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && isHttp11)) {
            return "A request has one Host header, not " + hosts.size();
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
            return "The Host header is not a host and port";
        }
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (lengths.size() > 1
                || (!lengths.isEmpty() && !LENGTH.matcher(lengths.getFirst()).matches())) {
            return "Content-Length must be given once, in digits";
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return null;
        }
        if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            return "Transfer-Encoding may only be \"chunked\", given once";
        }
        return lengths.isEmpty() ? null : "Content-Length and Transfer-Encoding exclude each other";
    }

    // The decoder has one object for each version as it is written; others, such as http/1.1, are only equal to it.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isVersion(HttpRequest head, HttpVersion version) {
        return head.protocolVersion() == version;
    }
}
