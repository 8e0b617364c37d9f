package dev.ringpost.cli;

import dev.ringpost.cli.remote.RemoteFailure;
import dev.ringpost.demo.DemoFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands as picocli wants them: without annotations, because their flags come from the table of {@link Options}.
 * Exit codes: 0 done, 1 failed, 2 called or configured wrongly.
 */
final class CommandLines {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final String CONFIG = "--config";
    private static final String CONFIG_VARIABLE = "RINGPOST_CONFIG";

    /** All that environment and file may name, whichever command reads it. */
    private static final List<Option<?>> KNOWN =
            Stream.concat(Options.ALL.stream(), RemoteOptions.ALL.stream()).toList();

    private final Map<String, String> environment;

    private CommandLines(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static CommandLine of(Assembly assembly, Map<String, String> environment) {
        CommandLines lines = new CommandLines(environment);
        InstantSource clock = InstantSource.system();
        return lines.group(
                "ringpost",
                "Webhooks for calls handled by AI voice agents.",
                lines.single(new ServeCommand(assembly).command()),
                lines.single(new DemoCommand(assembly).command()),
                lines.group("keys", "API keys in a data folder.", lines.all(new KeyCommands(assembly).commands())),
                lines.group(
                        "accounts", "Accounts in a data folder.", lines.all(new AccountCommands(assembly).commands())),
                lines.single(CheckConfigCommand.command()),
                lines.single(new ListenCommand(clock).command()),
                lines.single(new TriggerCommand(clock).command()),
                lines.group(
                        "webhooks", "Webhooks of a running server.", lines.all(new WebhookCommands(clock).commands())),
                lines.group(
                        "deliveries",
                        "The attempt log of a running server.",
                        lines.all(new DeliveryCommands(clock).commands())),
                lines.group("calls", "Calls of a running server.", lines.all(new CallCommands(clock).commands())));
    }

    private CommandLine[] all(List<Command> commands) {
        return commands.stream().map(this::single).toArray(CommandLine[]::new);
    }

    private CommandLine group(String name, String description, CommandLine... members) {
        CommandSpec spec = CommandSpec.create();
        describe(spec, name, description);
        CommandLine line = finish(spec);
        for (CommandLine member : members) {
            line.addSubcommand(member);
        }
        return line;
    }

    private CommandLine single(Command command) {
        CommandSpec[] self = new CommandSpec[1];
        Callable<Integer> run =
                () -> run(command, Objects.requireNonNull(self[0]).commandLine());
        CommandSpec spec = CommandSpec.wrapWithoutInspection(run);
        self[0] = spec;
        describe(spec, command.name(), command.description());
        command.arguments().forEach(spec::add);
        command.settings().forEach(option -> spec.addOption(flag(option)));
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("A properties file: each option by its name without dashes. (RINGPOST_CONFIG)")
                .build());
        return finish(spec);
    }

    private static void describe(CommandSpec spec, String name, String description) {
        spec.name(name)
                .version("ringpost " + Version.TEXT)
                .mixinStandardHelpOptions(true)
                .usageMessage()
                .width(110)
                .sortOptions(false)
                .description(description);
    }

    private static OptionSpec flag(Option<?> option) {
        boolean yesOrNo = "true".equals(option.defaultText()) || "false".equals(option.defaultText());
        String standard = option.defaultText() == null ? "" : "default " + option.defaultText() + ", ";
        OptionSpec.Builder flag = OptionSpec.builder(option.flag())
                .type(String.class)
                .paramLabel(option.type().placeholder())
                .description(option.help() + " (" + standard + option.environmentVariable() + ")");
        return (yesOrNo ? flag.arity("0..1").fallbackValue("true") : flag.arity("1")).build();
    }

    private static CommandLine finish(CommandSpec spec) {
        return new CommandLine(spec)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setParameterExceptionHandler((e, args) -> misused(e))
                .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line));
    }

    private int run(Command command, CommandLine line) throws Exception {
        ParseResult parsed = line.getParseResult();
        // The launcher knows better than a JVM whether stdout is a terminal.
        boolean colours = Boolean.getBoolean("ringpost.colours");
        int width = Integer.getInteger("ringpost.columns", 0);
        Console console = new Console(line.getOut(), line.getErr(), colours, width);
        return command.action().run(settings(command, parsed), parsed, console);
    }

    private Settings settings(Command command, ParseResult parsed) {
        Map<String, String> flags = new HashMap<>();
        for (Option<?> option : command.settings()) {
            if (parsed.hasMatchedOption(option.flag())) {
                flags.put(option.name(), parsed.matchedOptionValue(option.flag(), ""));
            }
        }
        Map<String, String> variables = Names.variables(environment, KNOWN);
        return Settings.resolve(command.settings(), flags, variables, configFile(parsed));
    }

    private ConfigFile configFile(ParseResult parsed) {
        boolean byFlag = parsed.hasMatchedOption(CONFIG);
        @Nullable String path = byFlag ? parsed.matchedOptionValue(CONFIG, "") : environment.get(CONFIG_VARIABLE);
        return path == null
                ? ConfigFile.NONE
                : ConfigFile.read(Path.of(path), byFlag ? CONFIG : CONFIG_VARIABLE, KNOWN);
    }

    private static int misused(ParameterException e) {
        CommandLine line = e.getCommandLine();
        String hint = "; " + line.getCommandSpec().qualifiedName() + " --help tells more";
        if (e instanceof UnmatchedArgumentException unmatched) {
            String given = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
            List<String> known =
                    new ArrayList<>(line.getCommandSpec().optionsMap().keySet());
            known.addAll(line.getSubcommands().keySet());
            String meant = Names.closest(given, known)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse(hint);
            console(line).complain("there is no " + given + meant);
            return MISUSED;
        }
        console(line).complain(oneLine(e) + hint);
        return MISUSED;
    }

    private static int failed(Exception e, CommandLine line) {
        switch (e) {
            case BadSetting bad -> {
                console(line).complain(oneLine(bad));
                return MISUSED;
            }
            case StartFailure failure -> console(line).complain(oneLine(failure));
            case DemoFailure failure -> console(line).complain(oneLine(failure));
            case RemoteFailure failure -> console(line).complain(oneLine(failure));
            default -> {
                console(line).complain("a fault in Ringpost itself: " + e);
                e.printStackTrace(line.getErr());
            }
        }
        return FAILED;
    }

    private static Console console(CommandLine line) {
        return new Console(line.getOut(), line.getErr(), false, 0);
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\R", " ");
    }
}
