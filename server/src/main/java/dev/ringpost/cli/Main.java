package dev.ringpost.cli;

/** The command {@code ringpost}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLines.of(new SqliteAssembly(), System.getenv()).execute(args));
    }
}
