package dev.ringpost.api.http;

import dev.ringpost.api.json.Rfc3339;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a query. What is wrong with one is a fault of the request; null stands for any. */
public class Filters {
    /** Less than every number that an id stands for. */
    private static final long NO_NUMBER = 0;

    private final Request request;
    private final PublicIds ids;

    public Filters(Request request, PublicIds ids) {
        this.request = request;
        this.ids = ids;
    }

    /** What the query says, or what it goes on from. */
    @Nullable
    String given(String name) {
        return request.query().get(name);
    }

    /** A filter by text. */
    public final @Nullable String text(String name) {
        String value = given(name);
        if (value != null && value.indexOf('\0') >= 0) {
            request.query().fault(name, "must not contain the character NUL");
            return null;
        }
        return value;
    }

    public final @Nullable Instant time(String name) {
        return read(name, Rfc3339::parse, "must be a time from 1970 on as in RFC 3339, such as 2026-01-31T12:00:00Z");
    }

    /** A filter by id. An unknown one matches nothing, whether there is such an id elsewhere or not. */
    public final @Nullable Long id(String name, IdKind idKind) {
        return read(
                name,
                text -> text.startsWith(idKind.prefix())
                        ? Optional.of(ids.parse(idKind, text).orElse(NO_NUMBER))
                        : Optional.empty(),
                "is no id of this kind: it starts with " + idKind.prefix());
    }

    public final <E> @Nullable E choice(String name, E[] choices, Function<E, String> wireName) {
        String names = Arrays.stream(choices).map(wireName).collect(Collectors.joining(", "));
        return read(
                name,
                text -> Arrays.stream(choices)
                        .filter(choice -> wireName.apply(choice).equals(text))
                        .findFirst(),
                "must be one of " + names);
    }

    public final @Nullable Boolean flag(String name) {
        return choice(name, new Boolean[] {true, false}, Object::toString);
    }

    private <T> @Nullable T read(String name, Function<String, Optional<T>> parser, String message) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            request.query().fault(name, message);
        }
        return value.orElse(null);
    }

    /**
     * No other parameter is known; called once all filters of what is no list are read.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault of the query
     */
    public final void done() {
        request.query().done();
        request.faults().check();
    }
}
