package dev.ringpost.api;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.account.LockedOut;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.KeyRing;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.CallInput;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.output.AccountJson;
import dev.ringpost.api.output.OwnKeyJson;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Account;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.ApiKey.Scope;
import dev.ringpost.store.PageRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The API keys of an account, for the operator alone; and what the key that asks is. */
final class KeyRoutes {
    private static final int LONGEST_NAME = 255;
    private static final int MOST_AGENTS = 1000;

    private final ApiParts parts;
    private final KeyDesk desk;
    private final KeyRing ring;
    private final AccountJson output;
    private final OwnKeyJson own;

    KeyRoutes(ApiParts parts, KeyDesk desk, KeyRing ring) {
        this.parts = parts;
        this.desk = desk;
        this.ring = ring;
        this.output = new AccountJson(parts.ids());
        this.own = new OwnKeyJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/v1/key", Access.KNOWING_ITSELF, this::itself).narrowed(Narrowing.BY_HANDLER),
                Operation.post("/v1/accounts/:id/keys", Access.OPERATING, this::create),
                Operation.list("/v1/accounts/:id/keys", Access.OPERATING, this::list),
                Operation.delete("/v1/accounts/:id/keys/:key_id", Access.OPERATING, this::revoke));
    }

    private Reply itself(Request request) {
        Account account = parts.records().account(request.account()).orElseThrow(AccountRoutes::noSuchAccount);
        return Reply.ok(json -> own.write(json, request.caller(), account));
    }

    private Reply create(Request request) {
        Account account = AccountRoutes.existing(parts, request);
        KeyDesk.NewKey made = read(request, account);
        Journal.Change<KeyDesk.NewKey> insertion = transaction -> {
            if (transaction.account(account.no()).isEmpty()) {
                throw AccountRoutes.noSuchAccount();
            }
            transaction.insertKey(made.key());
            return made;
        };
        return Waiting.on(request.commit().change(insertion, this::created, inserted -> {}))
                .get();
    }

    private Reply created(KeyDesk.NewKey made) {
        return Reply.created(
                        "/v1/accounts/"
                                + parts.ids().format(IdKind.ACCOUNT, made.key().account()) + "/keys/"
                                + parts.ids().format(IdKind.KEY, made.key().no()),
                        json -> output.writeWithText(json, made.key(), made.text()))
                .about(made.key().no());
    }

    private KeyDesk.NewKey read(Request request, Account account) {
        Fields body = request.fields();
        Scope scope =
                body.choice("scope", Scope.values(), choice -> choice.name().toLowerCase(Locale.ROOT));
        if (scope == null && body.value("scope") == null) {
            body.fault("scope", "is required");
        }
        if (scope != null && !desk.mayHave(account, scope)) {
            body.fault(
                    "scope",
                    "can't be operator here: an operator key acts for every account, so only the operator's own account"
                            + " has them");
        }
        String name = body.text("name", 1, LONGEST_NAME);
        List<String> agentIds = body.texts("agent_ids", MOST_AGENTS, CallInput.LONGEST_AGENT_ID);
        if (agentIds != null && scope != Scope.WEB_CALLS) {
            body.fault("agent_ids", "is for scope web_calls only");
        }
        if (agentIds != null && agentIds.isEmpty()) {
            body.fault("agent_ids", "must name an agent; leave it out for all");
        }
        body.done();
        request.faults().check();
        return desk.newKey(
                account, scope == null ? Scope.READ : scope, name, agentIds == null ? Set.of() : Set.copyOf(agentIds));
    }

    private Reply list(Request request) {
        Account account = AccountRoutes.existing(parts, request);
        Listing listing = new Listing(request, parts.ids(), IdKind.KEY);
        PageRequest page = listing.page();
        return listing.reply(page, parts.records().keys(account.no(), page), ApiKey::no, output::write);
    }

    private Reply revoke(Request request) {
        Account account = AccountRoutes.existing(parts, request);
        try {
            if (!desk.revoke(account.no(), request.pathParameters().getOrDefault("key_id", ""))) {
                throw Request.noSuch(IdKind.KEY).asException();
            }
        } catch (LockedOut e) {
            throw AccountRoutes.refused(e);
        } finally {
            ring.forget();
        }
        return Reply.noContent();
    }
}
