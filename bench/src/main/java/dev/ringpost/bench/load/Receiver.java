package dev.ringpost.bench.load;

/** Takes deliveries and tells the flights of them. */
public interface Receiver extends AutoCloseable {
    /** Without a path. */
    String url();

    @Override
    void close();
}
