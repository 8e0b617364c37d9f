package dev.ringpost.verify;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A receiver in a process of its own: it answers 204 if all verifiers take a request with all keys, 401 if none does. */
final class VerifyingReceiver implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final URI url;

    private VerifyingReceiver(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        this.url = URI.create("http://127.0.0.1:" + line() + "/hook");
    }

    static VerifyingReceiver start(Language language, Path folder) throws IOException {
        return new VerifyingReceiver(new ProcessBuilder(language.start())
                .directory(folder.toFile())
                .redirectError(folder.resolve("receiver.log").toFile())
                .start());
    }

    URI url() {
        return url;
    }

    /** From now on a request must be verified by each of these; with none it fails. */
    void expect(String... keys) throws IOException {
        input.write(String.join(" ", keys));
        input.newLine();
        input.flush();
        if (!line().equals(Integer.toString(keys.length))) {
            throw new IllegalStateException("The receiver did not take the keys");
        }
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("The receiver has ended; see target/verify/*/receiver.log");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
