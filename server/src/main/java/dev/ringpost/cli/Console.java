package dev.ringpost.cli;

import dev.ringpost.cli.remote.Table;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Where a command prints: results to {@code out}, what is in the way to {@code err}.
 *
 * @param width of the terminal that {@code out} is; 0 where it is none
 */
record Console(PrintWriter out, PrintWriter err, boolean colours, int width) {
    private static final String LINE_START = "\r\u001b[K";

    void print(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println("ringpost: " + line);
        err.flush();
    }

    Table.Style style() {
        return new Table.Style(width, colours);
    }

    /** Shows how far something is, each time in place of what it showed before; nothing where nobody looks. */
    Consumer<String> progress() {
        if (width == 0) {
            return line -> {};
        }
        return line -> {
            err.print(LINE_START + line);
            err.flush();
        };
    }
}
