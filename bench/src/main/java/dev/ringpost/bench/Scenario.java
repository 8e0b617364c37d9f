package dev.ringpost.bench;

import java.io.IOException;

/** Measures one question and adds its rows. */
interface Scenario {
    void run(Run run) throws IOException;
}
