package dev.ringpost.cli;

import java.net.URI;
import java.util.Optional;

/** A server that takes requests. */
interface RunningServer {
    /** Where it is reached, without a path. */
    URI url();

    /** The key that was made up because there was none; it can't be read again. */
    Optional<String> firstKey();

    /**
     * Stops accepting, lets attempts in flight end for up to 10 s, commits, and closes the database. Blocks; a second
     * call waits for the first.
     */
    void stop();
}
