package dev.ringpost.simulator;

import java.time.Duration;

/** Something that is said. */
record Line(Speaker speaker, String words) {
    private static final Duration A_WORD = Duration.ofMillis(270);
    private static final Duration A_BREATH = Duration.ofMillis(600);

    static Line agent(String words) {
        return new Line(Speaker.AGENT, words);
    }

    static Line user(String words) {
        return new Line(Speaker.USER, words);
    }

    /** How long it takes to say, in real time. */
    Duration length() {
        return A_BREATH.plus(
                A_WORD.multipliedBy(words.chars().filter(c -> c == ' ').count() + 1));
    }

    /** Who says it. */
    enum Speaker {
        AGENT,
        USER
    }
}
