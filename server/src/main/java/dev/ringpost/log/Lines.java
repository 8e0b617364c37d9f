package dev.ringpost.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

/** Makes the bytes of each line. */
final class Lines extends EncoderBase<ILoggingEvent> {
    private final Line line;

    /** Writes one event. */
    @FunctionalInterface
    interface Line {
        /** The line, with its line feed. */
        String of(ILoggingEvent event);
    }

    Lines(Line line) {
        this.line = line;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return line.of(event).getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
