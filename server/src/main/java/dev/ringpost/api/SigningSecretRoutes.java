package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Account;
import java.util.List;

/** The account's secret, which signs what goes to the webhooks of its calls. */
final class SigningSecretRoutes {
    private final ApiParts parts;

    SigningSecretRoutes(ApiParts parts) {
        this.parts = parts;
    }

    List<Operation> operations() {
        return List.of(Operation.get("/v1/signing-secret", Access.MANAGING, this::get));
    }

    private Reply get(Request request) {
        Account account = parts.records()
                .account(request.account())
                .orElseThrow(() -> Request.noSuch(IdKind.ACCOUNT).asException());
        return SecretReply.of(account.secrets());
    }
}
