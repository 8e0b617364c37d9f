package dev.ringpost.sim;

import picocli.CommandLine;

/** The command {@code ./ringpost sim}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimCommand()).execute(args));
    }
}
