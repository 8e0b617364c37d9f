package dev.ringpost.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/** One thread for many sockets: the least that a side of a benchmark can cost. */
abstract class SelectorThread implements AutoCloseable {
    /** Filled and drained within one call; by this thread only. */
    final ByteBuffer buffer = ByteBuffer.allocateDirect(128 << 10);

    final Selector selector;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;

    SelectorThread(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Something can be done for the key's attachment. */
    abstract void ready(SelectionKey key) throws IOException;

    /** Called again and again: waits for sockets, but not longer than until there is something else to do. */
    abstract void await() throws IOException;

    final void start() {
        thread.start();
    }

    /** Processor time that the thread has had. */
    public final long cpuNanos() {
        return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()));
    }

    /** @throws IllegalStateException if it ended before it was told to */
    public final void check() {
        Exception reason = failure;
        if (reason != null) {
            throw new IllegalStateException(thread.getName() + " failed: " + reason.getMessage(), reason);
        }
    }

    @Override
    public void close() {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        ready(key);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | RuntimeException e) {
            if (!(e instanceof ClosedSelectorException)) {
                failure = e;
            }
        }
    }
}
