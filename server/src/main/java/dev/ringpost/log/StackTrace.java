package dev.ringpost.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exception, its causes, and where each was thrown. Many libraries quote in an exception's message what they could not
 * read, which may be a payload, a phone number or a key: so a message stands here only where its type never quotes.
 */
final class StackTrace {
    private static final int FRAMES = 40;
    private static final int CAUSES = 8;

    private static final String OWN = "dev.ringpost.";

    /** What is wrong with a request says what was sent. */
    private static final String PROBLEMS = "dev.ringpost.api.problem.";

    private static final Set<String> QUOTE_NOTHING = Set.of(
            "java.lang.ArithmeticException",
            "java.lang.ArrayIndexOutOfBoundsException",
            "java.lang.ClassCastException",
            "java.lang.IllegalStateException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.NullPointerException",
            "java.lang.OutOfMemoryError",
            "java.lang.StringIndexOutOfBoundsException",
            "java.net.BindException",
            "java.net.ConnectException",
            "java.net.SocketException",
            "java.nio.file.FileSystemException",
            "java.nio.file.NoSuchFileException",
            "java.sql.SQLException",
            "java.util.NoSuchElementException",
            "org.sqlite.SQLiteException");

    private StackTrace() {}

    static String of(IThrowableProxy thrown) {
        StringBuilder trace = new StringBuilder();
        IThrowableProxy each = thrown;
        for (int depth = 0; each != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "Caused by: ").append(each.getClassName());
            String message = message(each);
            if (message != null) {
                trace.append(": ").append(message);
            }
            trace.append('\n');
            frames(each, trace);
            each = each.getCause();
        }
        return trace.toString();
    }

    private static @Nullable String message(IThrowableProxy thrown) {
        String type = thrown.getClassName();
        boolean safe = QUOTE_NOTHING.contains(type) || (type.startsWith(OWN) && !type.startsWith(PROBLEMS));
        return safe ? thrown.getMessage() : null;
    }

    private static void frames(IThrowableProxy thrown, StringBuilder trace) {
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int own = frames == null ? 0 : Math.min(FRAMES, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < own; i++) {
            trace.append("  ").append(frames[i].getSTEAsString()).append('\n');
        }
    }
}
