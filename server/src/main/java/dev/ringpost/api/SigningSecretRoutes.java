package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Narrowing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.input.FreshSecret;
import dev.ringpost.api.input.SecretInput;
import dev.ringpost.api.output.SecretJson;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Account;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.WebhookFilter;
import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.Signature;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What receivers verify with: the secret of a webhook, and the account's, which signs for its calls' own webhooks. */
final class SigningSecretRoutes {
    private static final int SLICE = 200;

    private final ApiParts parts;

    SigningSecretRoutes(ApiParts parts) {
        this.parts = parts;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/v1/webhooks/:id/secret", Access.MANAGING, this::ofWebhook)
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.post("/v1/webhooks/:id/rotate-secret", Access.MANAGING, this::rotateWebhook)
                        .bodyOptional()
                        .narrowed(Narrowing.WEBHOOK_IN_PATH),
                Operation.get("/v1/signing-secret", Access.MANAGING, this::ofAccount),
                Operation.post("/v1/signing-secret/rotate", Access.MANAGING, this::rotateAccount)
                        .bodyOptional());
    }

    private Reply ofWebhook(Request request) {
        return reply(existingWebhook(request).secrets());
    }

    private Reply ofAccount(Request request) {
        return reply(existingAccount(request).secrets());
    }

    private Reply rotateWebhook(Request request) {
        Webhook known = existingWebhook(request);
        if (known.kind().isSignedByAccount()) {
            throw new Problem(
                            ProblemType.SIGNED_BY_ACCOUNT,
                            "A webhook of kind " + known.kind().wireName()
                                    + " is signed with the account's signing secret;"
                                    + " rotate that with POST /v1/signing-secret/rotate")
                    .asException();
        }
        FreshSecret fresh = new FreshSecret();
        // First with what is read now, so that a faulty body never reaches the writer; then with what the writer sees.
        SecretInput.rotation(request.fields(), known.signature(), fresh);
        Journal.Change<Webhook> change = transaction -> {
            Webhook current = transaction
                    .webhook(known.no())
                    .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
            Webhook next = current.rotated(rotation(request, current.signature(), fresh), request.arrivedAt());
            transaction.updateWebhook(next);
            return next;
        };
        return Waiting.on(request.commit()
                        .change(
                                change,
                                rotated -> reply(rotated.secrets()).about(rotated.no()),
                                parts.dispatch()::webhookChanged))
                .get();
    }

    private Reply rotateAccount(Request request) {
        FreshSecret fresh = new FreshSecret();
        Account known = existingAccount(request);
        SecretInput.rotation(request.fields(), signatureOf(known), fresh);
        Journal.Change<List<SigningSecret>> change = transaction -> {
            Account current = existing(transaction.account(known.no()));
            List<SigningSecret> next =
                    rotation(request, signatureOf(current), fresh).after(current.secrets(), request.arrivedAt());
            transaction.replaceSecrets(current.no(), next, request.arrivedAt());
            return next;
        };
        return Waiting.on(request.commit()
                        .change(
                                change,
                                secrets -> reply(secrets).about(known.no()),
                                secrets -> tellEndpoints(known.no())))
                .get();
    }

    private static Rotation rotation(Request request, Signature signature, FreshSecret fresh) {
        return SecretInput.rotation(request.withoutFaults().fields(), signature, fresh);
    }

    /** What waits for the endpoints that the account's secrets sign for is signed with the new ones from now on. */
    private void tellEndpoints(long account) {
        Arrays.stream(WebhookKind.values())
                .filter(WebhookKind::isSignedByAccount)
                .forEach(kind -> tellEndpoints(account, kind));
    }

    private void tellEndpoints(long account, WebhookKind kind) {
        Long before = null;
        boolean more = true;
        while (more) {
            Page<Webhook> page =
                    parts.records().webhooks(account, new WebhookFilter(kind), new PageRequest.Cursor(SLICE, before));
            for (Webhook endpoint : page.items()) {
                parts.dispatch().webhookChanged(endpoint);
                before = endpoint.no();
            }
            more = page.hasMore();
        }
    }

    private Webhook existingWebhook(Request request) {
        return parts.records()
                .webhook(request.account(), request.id(parts.ids(), IdKind.WEBHOOK))
                .orElseThrow(() -> Request.noSuch(IdKind.WEBHOOK).asException());
    }

    private Account existingAccount(Request request) {
        return existing(parts.records().account(request.account()));
    }

    private static Account existing(Optional<Account> account) {
        return account.orElseThrow(() -> Request.noSuch(IdKind.ACCOUNT).asException());
    }

    private static Signature signatureOf(Account account) {
        return SigningSecret.current(account.secrets()).signature();
    }

    private static Reply reply(List<SigningSecret> secrets) {
        return Reply.ok(json -> SecretJson.write(json, secrets));
    }
}
