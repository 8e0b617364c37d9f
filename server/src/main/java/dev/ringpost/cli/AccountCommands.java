package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.store.Account;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Accounts in a data folder that no running server has. */
final class AccountCommands {
    private static final String NAME = "--name";
    private static final List<Option<?>> SETTINGS = List.of(Options.DATA);

    private final Assembly assembly;

    AccountCommands(Assembly assembly) {
        this.assembly = assembly;
    }

    List<Command> commands() {
        OptionSpec name = OptionSpec.builder(NAME)
                .type(String.class)
                .required(true)
                .paramLabel("NAME")
                .description("What the account is called, 1 to 255 characters.")
                .build();
        return List.of(
                new Command("create", "Create an account and print its id.", SETTINGS, List.of(name), this::create),
                new Command("list", "List the accounts.", SETTINGS, List.of(), this::list));
    }

    private int create(Settings settings, ParseResult parsed, Console console) {
        String name = parsed.matchedOptionValue(NAME, "").strip();
        if (name.isEmpty() || name.length() > 255) {
            throw new BadSetting(NAME + ": must have 1 to 255 characters");
        }
        try (Assembly.OpenDesk open = assembly.open(settings.get(Options.DATA))) {
            KeyDesk desk = open.desk();
            if (!desk.find(name).isEmpty()) {
                throw new StartFailure("there is already an account called \"" + name + "\"");
            }
            console.print(desk.accountId(desk.insert(desk.newAccount(name))));
        }
        return 0;
    }

    private int list(Settings settings, ParseResult parsed, Console console) {
        try (Assembly.OpenDesk open = assembly.open(settings.get(Options.DATA))) {
            KeyDesk desk = open.desk();
            for (Account account : desk.accounts()) {
                console.print("%-28s  %s  %s".formatted(desk.accountId(account), account.createdAt(), account.name()));
            }
        }
        return 0;
    }
}
