package dev.ringpost.cli;

import java.util.List;

/** Runs the server until it is told to stop. */
final class ServeCommand {
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
        RunningServer server = assembly.start(settings);
        server.firstKey()
                .ifPresent(key -> console.print("There was no API key, so one was made. It is shown only now: " + key));
        console.print("Ringpost takes requests at " + server.url());
        StopSignal.await(server::stop);
        return 0;
    }
}
