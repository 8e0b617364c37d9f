package dev.ringpost.cli;

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
    KeyDesk open(Path data);
}
