package dev.ringpost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Publishers with a connection each, one request at a time on it, until closed. */
public final class LoadGenerator extends SelectorThread {
    private static final long MILLI = 1_000_000;

    /** Sleeping takes longer than asked for by about as much; so the last bit of a wait is slept in small pieces. */
    private static final long NAP_NANOS = 50_000;

    private static final byte[] ITEM_ERROR = "\"error\":".getBytes(US_ASCII);
    private static final long ANSWER_PATIENCE_MILLIS = 100;
    private static final long LAST_ANSWERS_NANOS = 10_000 * MILLI;

    private final Reports reports;
    private final Flights flights;
    private final Pace pace;
    private final ArrayDeque<Publisher> idle = new ArrayDeque<>();
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile boolean finishing;

    public LoadGenerator(InetSocketAddress server, Reports reports, Flights flights, int publishers, Pace pace) {
        super("load generator");
        this.reports = reports;
        this.flights = flights;
        this.pace = pace;
        try {
            for (int i = 0; i < publishers; i++) {
                idle.add(new Publisher(server));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't connect to " + server, e);
        }
        start();
    }

    /** Requests that were not answered with a 2xx: the server said that it has too much to do. */
    public long refused() {
        return refused.sum();
    }

    /** Sends nothing more, waits for the answers to what was sent, then closes the connections. */
    @Override
    public void close() {
        finishing = true;
        long patienceEnds = System.nanoTime() + LAST_ANSWERS_NANOS;
        while (unanswered.get() > 0 && System.nanoTime() < patienceEnds) {
            LockSupport.parkNanos(MILLI);
        }
        super.close();
    }

    @Override
    void await() throws IOException {
        long next = sendWhatIsDue();
        long wait = next - System.nanoTime();
        if (next == Long.MAX_VALUE) {
            selector.select(idle.isEmpty() ? ANSWER_PATIENCE_MILLIS : 1);
        } else if (wait > 2 * MILLI) {
            selector.select(wait / MILLI - 1);
        } else if (selector.selectNow() == 0 && wait > 0) {
            LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
        }
    }

    /** Returns when there will be something to send; the greatest value: only after something else happened. */
    private long sendWhatIsDue() throws IOException {
        while (!finishing && !idle.isEmpty()) {
            long now = System.nanoTime();
            long due = pace.due(now);
            if (due > now) {
                return due;
            }
            pace.taken();
            unanswered.incrementAndGet();
            idle.remove().publish(due);
        }
        return Long.MAX_VALUE;
    }

    @Override
    void ready(SelectionKey key) throws IOException {
        Publisher publisher = (Publisher) key.attachment();
        if (key.isWritable()) {
            publisher.write();
        }
        if (key.isReadable()) {
            publisher.read();
        }
    }

    private final class Publisher {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final byte[] request = reports.blank();
        private final ByteBuffer out = ByteBuffer.wrap(request);
        private final MessageStream in = new MessageStream(this::answered);

        Publisher(InetSocketAddress server) throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void publish(long due) throws IOException {
            reports.fill(request, flights.sent(reports.aRequest(), due));
            out.clear();
            write();
        }

        void write() throws IOException {
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }

        void read() throws IOException {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("The server closed a connection");
            }
            in.feed(buffer.flip());
        }

        private void answered(byte[] response, int body, int end) {
            // "HTTP/1.1 200"
            if (response[9] == '2') {
                if (Bytes.indexOf(response, body, end, ITEM_ERROR) >= 0) {
                    throw new IllegalStateException(
                            "A report was refused: " + new String(response, body, end - body, US_ASCII));
                }
                flights.accepted(reports.aRequest());
            } else if (response[9] == '5' || response[11] == '9') {
                refused.increment();
            } else {
                throw new IllegalStateException("A report was answered with " + new String(response, 0, 12, US_ASCII));
            }
            unanswered.decrementAndGet();
            idle.add(this);
        }
    }
}
