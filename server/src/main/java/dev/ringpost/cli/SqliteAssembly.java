package dev.ringpost.cli;

import java.nio.file.Path;

/** Ringpost on SQLite. */
final class SqliteAssembly implements Assembly {
    @Override
    public RunningServer start(Settings settings) {
        throw new StartFailure("not yet put together");
    }

    @Override
    public KeyDesk open(Path data) {
        throw new StartFailure("not yet put together");
    }
}
