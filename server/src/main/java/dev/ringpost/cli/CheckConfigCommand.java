package dev.ringpost.cli;

import java.util.List;

/** Prints what {@code serve} would run with, and where each value comes from. */
final class CheckConfigCommand {
    private CheckConfigCommand() {}

    static Command command() {
        return new Command(
                "check-config",
                "Check the configuration and print what holds, and where it comes from.",
                Options.ALL,
                List.of(),
                (settings, parsed, console) -> {
                    for (Settings.Setting setting : settings.all()) {
                        console.print("%-22s  %-28s  %s"
                                .formatted(setting.option().name(), setting.shown(), setting.source()));
                    }
                    return 0;
                });
    }
}
