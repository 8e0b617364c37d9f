package dev.ringpost.cli;

import dev.ringpost.account.KeyText;
import dev.ringpost.demo.Demo;
import dev.ringpost.demo.DemoPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Runs a server of its own with simulated calls and a local receiver, and shows what is delivered. */
final class DemoCommand {
    private static final String ONCE = "--once";
    private static final List<Option<?>> SETTINGS =
            List.of(Options.PORT, Options.HOST, Options.SIMULATOR_SPEED.withDefault("8"));

    private final Assembly assembly;

    DemoCommand(Assembly assembly) {
        this.assembly = assembly;
    }

    Command command() {
        OptionSpec once = OptionSpec.builder(ONCE)
                .type(boolean.class)
                .description("Exit after the story: 0 if everything was delivered as it must be, 1 if not.")
                .build();
        return new Command(
                "demo",
                "Show it: a server, a local receiver and simulated calls, and what is delivered.",
                SETTINGS,
                List.of(once),
                this::demo);
    }

    private int demo(Settings chosen, ParseResult parsed, Console console) throws Exception {
        Path data = Files.createTempDirectory("ringpost-demo");
        String key = KeyText.generate();
        Settings settings = settings(chosen, data, key);
        RunningServer server;
        try {
            server = assembly.start(settings);
        } catch (StartFailure e) {
            delete(data);
            throw e;
        }
        Runnable stop = () -> {
            server.stop();
            delete(data);
        };
        try (Demo demo = Demo.start(server.url(), key, InstantSource.system())) {
            DemoPrinter printer = new DemoPrinter(console.out(), console.colours(), ZoneId.systemDefault());
            if (!demo.tell(printer)) {
                return 1;
            }
            if (!parsed.matchedOptionValue(ONCE, false)) {
                demo.invite(printer);
                Thread.ofVirtual().name("demo").start(() -> demo.follow(printer));
                StopSignal.await(stop);
            }
            return 0;
        } finally {
            stop.run();
        }
    }

    private static Settings settings(Settings chosen, Path data, String key) {
        return Settings.defaults(Options.ALL)
                .with(chosen)
                .with(Options.DATA, data.toString(), "demo")
                .with(Options.ALLOW_PRIVATE_TARGETS, "true", "demo")
                .with(Options.CALL_ENGINE, "simulator", "demo")
                .with(Options.BOOTSTRAP_KEY, key, "demo");
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(DemoCommand::deleteOne);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete the demo's data folder " + folder, e);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + path, e);
        }
    }
}
