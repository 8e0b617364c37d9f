package dev.ringpost.cli;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.account.LockedOut;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.ApiKey.Scope;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** API keys in a data folder that no running server has. */
final class KeyCommands {
    private static final String ACCOUNT = "--account";
    private static final String SCOPE = "--scope";
    private static final String NAME = "--name";
    private static final List<Option<?>> SETTINGS = List.of(Options.DATA);
    private static final OptionType<Scope> SCOPES = OptionType.oneOf(Scope.class);

    private final Assembly assembly;

    KeyCommands(Assembly assembly) {
        this.assembly = assembly;
    }

    List<Command> commands() {
        OptionSpec scope = text(SCOPE, SCOPES.placeholder(), "What the key may do (default full).");
        OptionSpec name = text(NAME, "NAME", "What the key is called.");
        PositionalParamSpec key = PositionalParamSpec.builder()
                .type(String.class)
                .arity("1")
                .required(true)
                .paramLabel("KEY_ID")
                .description("The id of the key, as keys list shows it.")
                .build();
        return List.of(
                new Command(
                        "create",
                        "Create a key and print it.",
                        SETTINGS,
                        List.of(account(), scope, name),
                        this::create),
                new Command("list", "List an account's keys.", SETTINGS, List.of(account()), this::list),
                new Command("revoke", "Revoke a key.", SETTINGS, List.of(account(), key), this::revoke));
    }

    private int create(Settings settings, ParseResult parsed, Console console) {
        String given = parsed.matchedOptionValue(SCOPE, "full");
        Scope scope = new Option<>("scope", SCOPES, null, "").parse(given, SCOPE);
        String name = parsed.matchedOptionValue(NAME, (String) null);
        try (Assembly.OpenDesk open = assembly.open(settings.get(Options.DATA))) {
            KeyDesk desk = open.desk();
            Account account = account(desk, parsed);
            if (!desk.mayHave(account, scope)) {
                throw new StartFailure("an operator key acts for every account, so only the operator's own account \""
                        + KeyDesk.OPERATOR_ACCOUNT + "\" can have one; choose another --scope for " + account.name());
            }
            KeyDesk.NewKey made = desk.insert(desk.newKey(account, scope, name, Set.of()));
            console.print(made.text());
            console.err().println("It is shown only now; its id is " + desk.keyId(made.key()));
        }
        return 0;
    }

    private int list(Settings settings, ParseResult parsed, Console console) {
        try (Assembly.OpenDesk open = assembly.open(settings.get(Options.DATA))) {
            KeyDesk desk = open.desk();
            for (ApiKey key : desk.keys(account(desk, parsed))) {
                console.print("%-28s  %-9s  %s  %s"
                        .formatted(
                                desk.keyId(key),
                                OptionType.nameOf(key.scope()),
                                key.createdAt(),
                                key.name() == null ? "" : key.name()));
            }
        }
        return 0;
    }

    private int revoke(Settings settings, ParseResult parsed, Console console) {
        String id = parsed.matchedPositionalValue(0, "");
        try (Assembly.OpenDesk open = assembly.open(settings.get(Options.DATA))) {
            KeyDesk desk = open.desk();
            if (!desk.revoke(account(desk, parsed).no(), id)) {
                throw new StartFailure("the account has no key " + id);
            }
            console.print("Revoked " + id);
        } catch (LockedOut e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private static Account account(KeyDesk desk, ParseResult parsed) {
        String given = parsed.matchedOptionValue(ACCOUNT, KeyDesk.OPERATOR_ACCOUNT);
        List<Account> found = desk.find(given);
        if (found.isEmpty()) {
            throw new StartFailure("there is no account " + given + "; accounts list shows all");
        }
        if (found.size() > 1) {
            throw new StartFailure(
                    found.size() + " accounts are called \"" + given + "\": name one by its id, see accounts list");
        }
        return found.getFirst();
    }

    private static OptionSpec account() {
        return text(ACCOUNT, "ACCOUNT", "The account's id or name (default " + KeyDesk.OPERATOR_ACCOUNT + ").");
    }

    private static OptionSpec text(String flag, String placeholder, String help) {
        return OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(placeholder)
                .description(help)
                .build();
    }
}
