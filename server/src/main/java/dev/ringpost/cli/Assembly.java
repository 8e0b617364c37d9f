package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import java.nio.file.Path;

/** Puts Ringpost together. The commands know no more of it than this. */
interface Assembly {
    /** @throws StartFailure where it can't start, with what is in the way */
    RunningServer start(Settings settings);

    /**
     * Opens the accounts and keys in a data folder.
     *
     * @throws StartFailure where it can't be opened, or a running server has it
     */
    OpenDesk open(Path data);

    /** Accounts and keys, and what closing them does. */
    record OpenDesk(KeyDesk desk, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
