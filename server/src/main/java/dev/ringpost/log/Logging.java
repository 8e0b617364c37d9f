package dev.ringpost.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logs a line an event to stderr: Ringpost's own from info on, in text, until {@link #use} says otherwise. Libraries speak
 * from warn on, whatever is chosen: below that some of them log what goes over the wire. In code, because reading an XML
 * file costs more than a tenth of the time that a start takes.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String OWN = "dev.ringpost";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        apply(context, LogFormat.TEXT, LogLevel.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** From now on logs so, also what libraries tell java.util.logging and what ends a thread. */
    public static void use(LogFormat format, LogLevel level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, format, level);
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LoggerFactory.getLogger(Logging.class)
                .error(
                        "Thread {} ended by a fault of Ringpost; please report it with this trace",
                        thread.getName(),
                        failure));
    }

    private static void apply(LoggerContext context, LogFormat format, LogLevel level) {
        Lines lines = new Lines(
                switch (format) {
                    case TEXT -> new TextLine();
                    case JSON -> new JsonLine();
                });
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(lines);
        stderr.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(level == LogLevel.ERROR ? Level.ERROR : Level.WARN);
        root.addAppender(stderr);
        // It logs the traces of what it throws as well, which is told in one line.
        context.getLogger("org.flywaydb").setLevel(Level.OFF);
        context.getLogger(OWN).setLevel(Level.toLevel(level.name()));
    }
}
