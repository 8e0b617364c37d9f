package dev.ringpost.cli;

/** The command {@code ringpost}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(1);
    }
}
