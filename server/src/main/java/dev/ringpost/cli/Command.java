package dev.ringpost.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/**
 * One of the commands.
 *
 * @param settings the options it reads, which flags, environment and file may set
 * @param arguments what else it takes, on the command line only
 */
record Command(
        String name, String description, List<Option<?>> settings, List<? extends ArgSpec> arguments, Action action) {
    Command {
        settings = List.copyOf(settings);
        arguments = List.copyOf(arguments);
    }

    /** Does it. */
    @FunctionalInterface
    interface Action {
        /**
         * Returns the exit code.
         *
         * @param parsed the command's own arguments, for {@code arguments}
         */
        int run(Settings settings, ParseResult parsed, Console console) throws Exception;
    }
}
