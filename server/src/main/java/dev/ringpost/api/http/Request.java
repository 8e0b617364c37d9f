package dev.ringpost.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.input.Fields;
import dev.ringpost.api.json.StrictJson;
import dev.ringpost.api.problem.Faults;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in: its key is known, its scope suffices, its body is whole.
 *
 * @param sender null for an operation that is public
 * @param host the header, which says how the sender reached this server; empty where there is none
 * @param path as it was requested, without the query
 * @param pathParameters decoded
 * @param faults what is wrong with it so far
 * @param commit how what it does is committed
 */
public record Request(
        @Nullable Caller sender,
        String host,
        String path,
        Map<String, String> pathParameters,
        Query query,
        byte[] body,
        Instant arrivedAt,
        Faults faults,
        Commit commit) {

    Request committedBy(Commit other) {
        return new Request(sender, host, path, pathParameters, query, body, arrivedAt, faults, other);
    }

    public Caller caller() {
        if (sender == null) {
            throw new IllegalStateException(path + " is public: nobody is known to have sent it");
        }
        return sender;
    }

    public long account() {
        return caller().account();
    }

    /** @throws dev.ringpost.api.problem.ProblemException 400 that says where the body stops being JSON */
    public JsonNode json() {
        return StrictJson.parse(body);
    }

    /** The fields of the body; an empty body has none. */
    public Fields fields() {
        return Fields.of(body.length == 0 ? StrictJson.emptyObject() : json(), "", faults);
    }

    /** The same with nothing found wrong yet, for reading its body once more. */
    public Request withoutFaults() {
        return new Request(sender, host, path, pathParameters, query, body, arrivedAt, new Faults(), commit);
    }

    /**
     * The number behind the id in the path.
     *
     * @throws dev.ringpost.api.problem.ProblemException 404 where it is no id of this kind
     */
    public long id(PublicIds ids, IdKind kind) {
        return numbers(ids, kind)[0];
    }

    /** As {@link #id}, for ids of several numbers. */
    public long[] numbers(PublicIds ids, IdKind kind) {
        return ids.numbers(kind, pathParameters.getOrDefault("id", ""))
                .orElseThrow(() -> noSuch(kind).asException());
    }

    /** What is answered for an id that is unknown, malformed or another account's: never told apart. */
    public static Problem noSuch(IdKind kind) {
        String what = kind.name().toLowerCase(Locale.ROOT);
        return new Problem(ProblemType.NOT_FOUND, "There is no such " + what + " in this account");
    }
}
