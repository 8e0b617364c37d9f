package dev.ringpost.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ringpost bench}. The launcher says in system properties where it is and how it starts servers. */
@Command(
        name = "ringpost bench",
        description = "Measures what a delivery costs, beside the least that its parts can cost on this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Bench implements Callable<Integer> {
    private static final String LAUNCHER = "ringpost.launcher";
    private static final String JAVA_OPTIONS = "ringpost.java-options";
    private static final String BESIDE = "beside";
    private static final Set<String> BY_REQUEST = Set.of("growth", "pages", "jmh");

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHAT",
            description = "Some of floor, closed, open, endpoints, fan-out, payload, tls, hanging, growth, pages, jmh."
                    + " Without it all but growth, pages and jmh, which take an hour, half of one and some minutes.")
    private List<String> only = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each row is measured. Default: ${DEFAULT-VALUE}")
    private double seconds = 20;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "How long each row may warm up, until the JIT compilers are idle. Default: ${DEFAULT-VALUE}")
    private double warmUp = 60;

    @Option(
            names = "--quick",
            description = "3 s measured and at most 5 s of warm-up: JIT compilers are still at work.")
    private boolean quick;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "At most so many endpoints, hanging ones, webhooks and the like: to try the bench itself.")
    private int most = Integer.MAX_VALUE;

    @Option(
            names = "--history",
            paramLabel = "ATTEMPTS",
            description =
                    "How far the log grows in growth and pages; waiting deliveries to a quarter. Default: ${DEFAULT-VALUE}")
    private long history = 20_000_000;

    @Option(
            names = "--curves",
            split = ",",
            paramLabel = "CURVE",
            description = "What grows in growth: ${COMPLETION-CANDIDATES}. Default: all, one after the other.")
    private List<Growth.What> curves = List.of();

    @Option(
            names = "--folder",
            description =
                    "Where the data goes, on the disk to be measured; must not exist. Default: a new one in target/.")
    private @Nullable Path folder;

    @Option(
            names = "--beside",
            paramLabel = "LAUNCHER",
            description =
                    "Measures this version and another one (../old/ringpost), in turns, with ratios; and nothing else unless --only says so.")
    private @Nullable Path beside;

    @Option(
            names = "--beside-java",
            paramLabel = "OPTIONS",
            description = "For the JVM of that other version, which may be this one: ./ringpost.")
    private String besideJava = "";

    @Option(
            names = "--loads",
            split = ",",
            paramLabel = "LOAD",
            description = "Which loads --beside puts on both: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Beside.Load> loads = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second in the load rate. Default: ${DEFAULT-VALUE}")
    private int rate = 5000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often --beside measures each. Default: ${DEFAULT-VALUE}")
    private int rounds = 5;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the table there as well, as Markdown.")
    private @Nullable Path markdown;

    @Option(names = "--picture", paramLabel = "FILE", description = "Draw the curves of growth there, as SVG.")
    private @Nullable Path picture;

    public static void main(String[] args) {
        // Whoever is interrupted leaves no server behind.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Scenario> scenarios = scenarios();
        for (String name : only) {
            if (!scenarios.containsKey(name)) {
                System.err.println(
                        "bench: there is no " + name + "; there are " + String.join(", ", scenarios.keySet()));
                return CommandLine.ExitCode.USAGE;
            }
        }
        Path launcher = Path.of(property(LAUNCHER));
        // The system's folder for temporary files may be in memory, where a sync costs nothing.
        Path data = folder == null
                ? Files.createTempDirectory(launcher.resolveSibling("target"), "bench-")
                : Files.createDirectory(folder);
        Table table = new Table(System.out);
        Run run = new Run(settings(launcher, data.toAbsolutePath()), table, System.err);
        try {
            for (Map.Entry<String, Scenario> scenario : scenarios.entrySet()) {
                if (isWanted(scenario.getKey())) {
                    scenario.getValue().run(run);
                    if (markdown != null) {
                        Files.writeString(markdown, table.markdown());
                    }
                }
            }
        } finally {
            delete(data);
        }
        return CommandLine.ExitCode.OK;
    }

    private boolean isWanted(String scenario) {
        if (scenario.equals(BESIDE)) {
            // It is there only where it was asked for.
            return true;
        }
        if (only.isEmpty()) {
            return beside == null && !BY_REQUEST.contains(scenario);
        }
        return only.contains(scenario);
    }

    private Map<String, Scenario> scenarios() {
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("floor", new Floor(List.of(property(JAVA_OPTIONS).split(" "))));
        scenarios.put("closed", new ClosedLoop());
        scenarios.put("open", new OpenLoop());
        scenarios.put("endpoints", new Endpoints());
        scenarios.put("fan-out", new FanOut());
        scenarios.put("payload", new PayloadSizes());
        scenarios.put("tls", new Tls());
        scenarios.put("hanging", new Hanging());
        scenarios.put("growth", new Growth(curves, picture));
        scenarios.put("pages", new Pages());
        scenarios.put("jmh", new Inner());
        if (beside != null) {
            List<String> javaOptions = besideJava.isEmpty() ? List.of() : List.of(besideJava.split(" "));
            scenarios.put(BESIDE, new Beside(beside, javaOptions, loads, rate, rounds));
        }
        return scenarios;
    }

    private Settings settings(Path launcher, Path data) {
        return new Settings(launcher, data, seconds(quick ? 3 : seconds), seconds(quick ? 5 : warmUp), most, history);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("Start it with ./ringpost bench, which sets " + name);
        }
        return value;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("Can't delete " + file, e);
                }
            });
        }
    }
}
