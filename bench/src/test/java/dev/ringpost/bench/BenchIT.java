package dev.ringpost.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the README, with everything as small as it can be: no figure is looked at. */
class BenchIT {
    private static final long PATIENCE_MINUTES = 15;

    /** A row of each scenario, and of each kind where a scenario has several. */
    private static final List<String> ROWS = List.of(
            "HTTP server takes a request of a report",
            "HTTP client posts a payload",
            "JSON in, payload out, HMAC",
            "store: life of an event, 200 a commit",
            "sum of these four",
            "store: the same with a new call each",
            "HTTP server takes a request of 100 reports",
            "the load generator's own limit, on one core",
            "the sink's own limit, on one core",
            "idle",
            "1 event a request, 1 publishers",
            "1 event a request, 8 publishers",
            "1 event a request, 64 publishers",
            "1 event a request, 512 publishers",
            "100 events a request, 4 publishers, 200 waiting",
            "100 events a request, 64 publishers",
            "100 a second",
            "200 a second",
            "1000 a second",
            "5000 a second",
            "1 endpoints, 1 a request",
            "1 endpoints, 100 a request",
            "each event to 1 webhooks",
            "0.7 kB",
            "10.0 kB",
            "200.0 kB",
            "connections are kept",
            "a handshake for each delivery",
            "5000 a second beside 1 with 1 a request",
            "200 a second beside 1 with 100 a request",
            "0 attempts in the log",
            "1 attempts in the log",
            "0 deliveries that wait",
            "1 webhooks of the account",
            "1 accounts",
            "callConnects",
            "deliveries",
            "signature");

    @TempDir
    Path folder;

    @Test
    void printsAllItsRowsAndEverythingAcceptedArrives() throws Exception {
        Path markdown = folder.resolve("table.md");
        Path picture = folder.resolve("growth.svg");

        String printed = bench(
                "--only",
                "floor,closed,open,endpoints,fan-out,payload,tls,hanging,growth,jmh",
                "--seconds",
                "0.3",
                "--warm-up",
                "0.1",
                "--most",
                "1",
                "--history",
                "1",
                "--folder",
                folder.resolve("data").toString(),
                "--markdown",
                markdown.toString(),
                "--picture",
                picture.toString());

        String table = Files.readString(markdown);
        assertThat(ROWS).allSatisfy(row -> assertThat(table).contains("\n| " + row + " |"));
        assertThat(printed).contains(ROWS).doesNotContain("did not come");
        assertThat(Files.readString(picture)).contains("attempts in the log", "</svg>");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void comparesAVersionWithItself() throws Exception {
        String printed = bench(
                "--beside",
                launcher().toString(),
                "--beside-java=-XX:+UseSerialGC -Dx=y",
                "--loads",
                "one,rate",
                "--rate",
                "100",
                "--rounds",
                "1",
                "--seconds",
                "0.3",
                "--warm-up",
                "0.1",
                "--folder",
                folder.resolve("data").toString());

        assertThat(printed)
                .contains(
                        "one, this",
                        "one, the other",
                        "one, this over the other, median",
                        "rate, this over the other, median")
                .doesNotContain("did not come", "hundred");
    }

    @Test
    void saysWhatItKnowsWhereItIsAskedForSomethingElse() throws Exception {
        assertThat(bench("--only", "floors")).contains("there is no floors; there are floor, closed, open");
    }

    private String bench(String... options) throws IOException, InterruptedException {
        Path log = folder.resolve("bench.log");
        List<String> command = new ArrayList<>(List.of(launcher().toString(), "bench"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("the bench ends; so far it said: %s", Files.readString(log))
                    .isTrue();
        } finally {
            process.destroy();
        }
        return Files.readString(log);
    }

    private static Path launcher() {
        return Path.of("..", "ringpost").toAbsolutePath().normalize();
    }
}
