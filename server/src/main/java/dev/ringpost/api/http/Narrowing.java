package dev.ringpost.api.http;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import java.util.Map;

/** What becomes of an operation for who may see some webhooks of the account only, by a portal link's webhook_scope. */
public enum Narrowing {
    /** It is refused: what every operation has until somebody says how it can be narrowed. */
    REFUSED,
    /** The id in its path is a webhook's, which must be one of them. */
    WEBHOOK_IN_PATH,
    /** The id in its path is a delivery's, which must go to one of them. */
    DELIVERY_IN_PATH,
    /** Its handler leaves out what is of other webhooks. */
    BY_HANDLER;

    /**
     * Lets in who may see what the path names.
     *
     * @throws dev.ringpost.api.problem.ProblemException 403 where the operation can't be narrowed, 404 for another webhook:
     *     never told apart from one that there isn't
     */
    void check(Caller caller, Operation operation, Map<String, String> pathParameters, PublicIds ids) {
        if (caller.webhooks() == null) {
            return;
        }
        switch (this) {
            case REFUSED ->
                throw new Problem(
                                ProblemType.SCOPE,
                                "This portal link shows some webhooks only (webhook_scope), and " + operation
                                        + " is about more than these")
                        .asException();
            case WEBHOOK_IN_PATH -> requireSeen(caller, IdKind.WEBHOOK, pathParameters, ids);
            case DELIVERY_IN_PATH -> requireSeen(caller, IdKind.DELIVERY, pathParameters, ids);
            case BY_HANDLER -> {}
        }
    }

    /** The webhook's number is the id's last. */
    private static void requireSeen(Caller caller, IdKind kind, Map<String, String> pathParameters, PublicIds ids) {
        boolean seen = ids.numbers(kind, pathParameters.getOrDefault("id", ""))
                .filter(numbers -> caller.sees(numbers[numbers.length - 1]))
                .isPresent();
        if (!seen) {
            throw Request.noSuch(kind).asException();
        }
    }
}
