package dev.ringpost.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastingFaultTest {
    private final Logger log = new LoggerContext().getLogger("test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LastingFault fault = new LastingFault(log, () -> now(), "It works again");
    private long millis = 1000;

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void itIsToldWhenItBeginsOnceAMinuteAndWhenItIsOver() {
        fault.worked();
        for (int i = 0; i < 100; i++) {
            fault.came("Disk full");
            millis += 1000;
            fault.worked();
        }
        millis += 1000;
        fault.worked();
        fault.worked();
        assertThat(told())
                .containsExactly(
                        "ERROR Disk full",
                        "ERROR Disk full (lasts for 60 s, 61 times so far)",
                        "INFO It works again (after 101 s and 100 failures)");
    }

    @Test
    void theNextOneBeginsAfresh() {
        for (String disk : List.of("Disk full", "Disk read-only")) {
            fault.came(disk);
            millis += 2000;
            fault.worked();
        }
        assertThat(told())
                .containsExactly(
                        "ERROR Disk full",
                        "INFO It works again (after 2 s and 1 failures)",
                        "ERROR Disk read-only",
                        "INFO It works again (after 2 s and 1 failures)");
    }

    private Instant now() {
        return Instant.ofEpochMilli(millis);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
