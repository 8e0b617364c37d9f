package dev.ringpost.api;

import dev.ringpost.account.KeyDesk;
import dev.ringpost.account.LockedOut;
import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.KeyRing;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.output.AccountJson;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Account;
import dev.ringpost.store.PageRequest;
import dev.ringpost.webhook.Webhook;
import java.util.List;

/** The accounts that a platform serves its customers as: for the operator alone. */
final class AccountRoutes {
    private static final int LONGEST_NAME = 255;

    private final ApiParts parts;
    private final KeyDesk desk;
    private final KeyRing ring;
    private final AccountJson output;

    AccountRoutes(ApiParts parts, KeyDesk desk, KeyRing ring) {
        this.parts = parts;
        this.desk = desk;
        this.ring = ring;
        this.output = new AccountJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.post("/v1/accounts", Access.OPERATING, this::create),
                Operation.list("/v1/accounts", Access.OPERATING, this::list),
                Operation.get("/v1/accounts/:id", Access.OPERATING, this::get),
                Operation.delete("/v1/accounts/:id", Access.OPERATING, this::delete));
    }

    private Reply create(Request request) {
        Fields body = request.fields();
        String name = body.requiredText("name", LONGEST_NAME);
        if (name.equals(KeyDesk.OPERATOR_ACCOUNT)) {
            body.fault("name", "is the name of the operator's own account; choose another");
        }
        body.done();
        request.faults().check();
        Account account = desk.newAccount(name);
        Journal.Change<Account> insertion = transaction -> {
            transaction.insertAccount(account);
            return account;
        };
        return Waiting.on(request.commit().change(insertion, this::created, inserted -> {}))
                .get();
    }

    private Reply created(Account account) {
        return Reply.created(
                        "/v1/accounts/" + parts.ids().format(IdKind.ACCOUNT, account.no()),
                        json -> output.write(json, account))
                .about(account.no());
    }

    private Reply list(Request request) {
        Listing listing = new Listing(request, parts.ids(), IdKind.ACCOUNT);
        PageRequest page = listing.page();
        return listing.reply(page, parts.records().accounts(page), Account::no, output::write);
    }

    private Reply get(Request request) {
        Account account = existing(parts, request);
        return Reply.ok(json -> output.write(json, account));
    }

    /** The account of the path. */
    static Account existing(ApiParts parts, Request request) {
        return parts.records()
                .account(request.id(parts.ids(), IdKind.ACCOUNT))
                .orElseThrow(AccountRoutes::noSuchAccount);
    }

    private Reply delete(Request request) {
        long no = request.id(parts.ids(), IdKind.ACCOUNT);
        try {
            List<Webhook> had = desk.deleteAccount(no).orElseThrow(AccountRoutes::noSuchAccount);
            had.forEach(parts.dispatch()::webhookDeleted);
        } catch (LockedOut e) {
            throw refused(e);
        } finally {
            ring.forget();
        }
        return Reply.noContent();
    }

    static ProblemException noSuchAccount() {
        return Request.noSuch(IdKind.ACCOUNT).asException();
    }

    static ProblemException refused(LockedOut reason) {
        return new Problem(ProblemType.OPERATOR_NEEDED, String.valueOf(reason.getMessage())).asException();
    }
}
