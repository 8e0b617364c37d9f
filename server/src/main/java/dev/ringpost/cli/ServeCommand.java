package dev.ringpost.cli;

import dev.ringpost.log.Logging;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Runs the server until it is told to stop. */
final class ServeCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Assembly assembly;

    ServeCommand(Assembly assembly) {
        this.assembly = assembly;
    }

    Command command() {
        return new Command(
                "serve",
                "Run the server.",
                Options.ALL,
                List.of(),
                (settings, parsed, console) -> serve(settings, console));
    }

    private int serve(Settings settings, Console console) throws InterruptedException {
        Logging.use(settings.get(Options.LOG_FORMAT), settings.get(Options.LOG_LEVEL));
        RunningServer server = assembly.start(settings);
        server.firstKey()
                .ifPresent(key -> console.print("There was no API key, so one was made. It is shown only now: " + key));
        console.print("Ringpost takes requests at " + server.url());
        logStart(server, settings);
        StopSignal.await(server::stop);
        return 0;
    }

    /** One line that says what runs where, with everything that was set. */
    private static void logStart(RunningServer server, Settings settings) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("version", Version.TEXT)
                .addKeyValue("url", server.url())
                .addKeyValue("data", settings.get(Options.DATA).toAbsolutePath().normalize());
        for (Settings.Setting setting : settings.all()) {
            if (!setting.isDefault() && !setting.option().equals(Options.DATA)) {
                line = line.addKeyValue(setting.option().name().replace('-', '_'), setting.logged());
            }
        }
        line.log("Started");
    }
}
