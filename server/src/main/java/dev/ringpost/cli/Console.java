package dev.ringpost.cli;

import java.io.PrintWriter;

/** Where a command prints: results to {@code out}, what is in the way to {@code err}. */
record Console(PrintWriter out, PrintWriter err, boolean colours) {
    void print(String line) {
        out.println(line);
        out.flush();
    }

    void complain(String line) {
        err.println("ringpost: " + line);
        err.flush();
    }
}
