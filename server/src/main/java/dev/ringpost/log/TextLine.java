package dev.ringpost.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * A line for people: {@code 2026-11-25T09:00:00.000Z INFO  AttemptLog: Delivery gave up webhook_id=wh_1 error="HTTP 500"}.
 * Control characters are escaped, so that what somebody sends can't make a line of its own.
 */
final class TextLine implements Lines.Line {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String of(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        String logger = event.getLoggerName();
        line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        escape(event.getFormattedMessage(), line);
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                line.append(' ').append(pair.key).append('=');
                value(String.valueOf(pair.value), line);
            }
        }
        line.append('\n');
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            StackTrace.of(thrown).lines().forEach(each -> {
                escape(each, line.append("    "));
                line.append('\n');
            });
        }
        return line.toString();
    }

    private static void value(String value, StringBuilder line) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        if (plain) {
            escape(value, line);
        } else {
            line.append('"');
            escape(value.replace("\\", "\\\\").replace("\"", "\\\""), line);
            line.append('"');
        }
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(c == '\n' ? "\\n" : "\\u%04x".formatted((int) c));
            } else {
                line.append(c);
            }
        }
    }
}
