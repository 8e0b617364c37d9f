package dev.ringpost.api.problem;

import java.util.Locale;

/** The kinds of problem; a program branches on its URI, so a name never changes. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    MALFORMED_REQUEST(400, "The request is not valid HTTP"),
    UNAUTHORIZED(401, "No valid API key"),
    SCOPE(403, "The API key may not do this"),
    NOT_FOUND(404, "Not found"),
    ERASED(404, "Erased"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    IMPOSSIBLE_TRANSITION(409, "The call can't go there"),
    EXTERNAL_ID_TAKEN(409, "The external id is taken"),
    WEBHOOK_INACTIVE(409, "The webhook is inactive"),
    NOT_SUBSCRIBED(409, "The webhook does not want such events"),
    EVENT_GONE(409, "The event is no longer kept"),
    OPERATOR_NEEDED(409, "The operator would be locked out"),
    IDEMPOTENCY_IN_FLIGHT(409, "The first request with this key still runs"),
    IDEMPOTENCY_ANSWER_TOO_LARGE(409, "The first answer was too large to keep"),
    IDEMPOTENCY_MISMATCH(422, "The key was used with another body"),
    LIMIT_REACHED(409, "A limit is reached"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive"),
    SIGNED_BY_ACCOUNT(409, "The account's signing secret signs here"),
    FIXED_BY_OPTION(409, "An option of the server decides this"),
    TOO_LARGE(413, "The body is too large"),
    TARGET_TOO_LONG(414, "The path and query are too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    VALIDATION(422, "The request has faults"),
    HEADERS_TOO_LARGE(431, "The request headers are too large"),
    INTERNAL(500, "Something went wrong in Ringpost"),
    TOO_MANY_STREAMS(429, "Too many streams are open"),
    OVERLOADED(503, "Too much to do"),
    STORE_UNAVAILABLE(503, "The database can't be reached or written"),
    NOT_READY(503, "Not ready");

    private static final String BASE = "https://ringpost.dev/problems/";

    private final int status;
    private final String title;
    private final String uri;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
        this.uri = BASE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String uri() {
        return uri;
    }
}
