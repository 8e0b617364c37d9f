package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process as a person would type them, with a server and a key in the environment. */
final class Terminal {
    private final Map<String, String> environment;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    Terminal(URI server, String key) {
        this(Map.of("RINGPOST_SERVER", server.toString(), "RINGPOST_KEY", key));
    }

    Terminal(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The exit code. */
    int run(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        return CommandLines.of(new SqliteAssembly(InstantSource.system(), System::nanoTime, environment), environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    /** Runs what must succeed; what it printed. */
    String does(String... words) {
        assertThat(run(words)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    /** The same for a table: its lines, cut where there are two spaces. */
    List<List<String>> table(String... words) {
        List<List<String>> rows = new ArrayList<>();
        does(words).lines().forEach(line -> rows.add(List.of(line.split(" {2,}"))));
        return rows;
    }

    /** Runs what must fail with this exit code; its one line. */
    String fails(int code, String... words) {
        assertThat(run(words)).as(out.toString()).isEqualTo(code);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString().strip();
    }
}
