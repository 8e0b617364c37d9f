package dev.ringpost.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One run of the benchmarks: how it is done, and what came out so far. */
final class Run {
    private final Settings settings;
    private final Table table;
    private final PrintStream progress;
    private double floorMicros = Double.NaN;
    private int folders;

    Run(Settings settings, Table table, PrintStream progress) {
        this.settings = settings;
        this.table = table;
        this.progress = progress;
    }

    Settings settings() {
        return settings;
    }

    Table table() {
        return table;
    }

    /** Processor time of an event's parts, each alone, in microseconds; not a number until it is measured. */
    double floorMicros() {
        return floorMicros;
    }

    void floorIs(double micros) {
        floorMicros = micros;
    }

    void say(String what) {
        progress.println("bench: " + what);
    }

    /** A new empty folder. */
    Path newFolder() throws IOException {
        folders++;
        return Files.createDirectories(settings.folder().resolve(Integer.toString(folders)));
    }
}
