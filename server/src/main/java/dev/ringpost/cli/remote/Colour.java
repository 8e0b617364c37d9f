package dev.ringpost.cli.remote;

/** What a terminal can show (ECMA-48, SGR). */
enum Colour {
    BOLD(1),
    RED(31),
    GREEN(32),
    YELLOW(33);

    private final int code;

    Colour(int code) {
        this.code = code;
    }

    String of(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /** A word of the API that says how well something is. */
    static String ofState(String state) {
        return switch (state) {
            case "succeeded", "active", "healthy", "completed", "done" -> GREEN.of(state);
            case "failed", "inactive", "failing", "open" -> RED.of(state);
            case "" -> state;
            default -> YELLOW.of(state);
        };
    }
}
