package dev.ringpost.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) from one connection. A server that says nothing for longer than
 * three of its heartbeats is taken for gone. For one thread.
 */
final class EventReader implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final int LONGEST_LINE = 64 << 20;
    private static final int BUFFER = 16 << 10;

    private final InputStream in;
    private final ScheduledExecutorService watchman = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stream-watchman").factory());
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /** A message; without an id it does not move the place where a stream is resumed. */
    record Message(@Nullable String id, String event, byte[] data) {}

    EventReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next message that has data; waits for it.
     *
     * @return null at the end of the stream
     * @throws IOException where the connection broke off, or the server went silent
     */
    @Nullable
    Message next() throws IOException {
        String id = null;
        String event = "message";
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] line = line(); line != null; line = line()) {
            if (line.length == 0) {
                if (data.size() > 0) {
                    return new Message(id, event, data.toByteArray());
                }
                event = "message";
                continue;
            }
            int colon = indexOf(line, ':');
            String name = new String(line, 0, colon, UTF_8);
            int value = colon + (colon + 1 < line.length && line[colon + 1] == ' ' ? 2 : 1);
            switch (name) {
                case "id" -> id = text(line, value);
                case "event" -> event = text(line, value);
                case "data" -> {
                    if (data.size() > 0) {
                        data.write('\n');
                    }
                    data.write(line, Math.min(value, line.length), Math.max(0, line.length - value));
                }
                default -> {}
            }
        }
        return null;
    }

    private static String text(byte[] line, int from) {
        return from >= line.length ? "" : new String(line, from, line.length - from, UTF_8);
    }

    private static int indexOf(byte[] line, char wanted) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == wanted) {
                return i;
            }
        }
        return line.length;
    }

    /** A line without its end; null at the end of the stream. Ringpost ends lines with LF. */
    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == end && !fill()) {
                return null;
            }
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (at < end) {
                at++;
                return line.toByteArray();
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a message has more than " + LONGEST_LINE + " bytes");
            }
        }
    }

    private boolean fill() throws IOException {
        ScheduledFuture<?> alarm = watchman.schedule(this::giveUp, SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            end = Math.max(0, in.read(buffer));
            at = 0;
            return end > 0;
        } finally {
            alarm.cancel(false);
        }
    }

    /** A blocked read ends with an exception. */
    private void giveUp() {
        try {
            in.close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }

    @Override
    public void close() {
        giveUp();
        watchman.shutdownNow();
    }
}
