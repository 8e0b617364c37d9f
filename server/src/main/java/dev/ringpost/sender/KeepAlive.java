package dev.ringpost.sender;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether, and how long, a receiver will answer on the same connection again (RFC 9112, section 9.3). */
final class KeepAlive {
    private static final Pattern TIMEOUT = Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*(\\d{1,6})");

    private KeepAlive() {}

    static boolean allows(HttpClientResponse response) {
        String connection = response.getHeader("connection");
        if (connection == null) {
            return response.version() == HttpVersion.HTTP_1_1;
        }
        String options = connection.toLowerCase(Locale.ROOT);
        return !options.contains("close")
                && (response.version() == HttpVersion.HTTP_1_1 || options.contains("keep-alive"));
    }

    /** As in {@code Keep-Alive: timeout=5}; less a second, for the way; null if the receiver does not say. */
    static @Nullable Duration timeout(HttpClientResponse response) {
        String header = response.getHeader("keep-alive");
        if (header == null) {
            return null;
        }
        Matcher timeout = TIMEOUT.matcher(header.toLowerCase(Locale.ROOT));
        return timeout.find() ? Duration.ofSeconds(Math.max(0, Integer.parseInt(timeout.group(1)) - 1)) : null;
    }
}
