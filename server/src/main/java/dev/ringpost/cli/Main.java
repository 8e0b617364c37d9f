package dev.ringpost.cli;

import java.time.InstantSource;

/** The command {@code ringpost}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLines.of(
                        new SqliteAssembly(InstantSource.system(), System::nanoTime, System.getenv()), System.getenv())
                .execute(args));
    }
}
