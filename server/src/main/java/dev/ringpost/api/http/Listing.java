package dev.ringpost.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a list and writes its page. A list is read by {@code limit} and {@code offset}, or by
 * {@code cursor}, which keeps the filters it was made with: given again, they must be the same.
 */
public final class Listing extends Filters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;
    private final Request request;
    private final PublicIds ids;
    private final IdKind kind;
    private final Optional<Cursor> cursor;
    private final Map<String, String> filters = new LinkedHashMap<>();

    /** @param kind of the ids of the list's items */
    public Listing(Request request, PublicIds ids, IdKind kind) {
        super(request, ids);
        this.request = request;
        this.ids = ids;
        this.kind = kind;
        this.cursor = cursor(request, ids, kind);
    }

    private static Optional<Cursor> cursor(Request request, PublicIds ids, IdKind kind) {
        String text = request.query().get("cursor");
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Cursor> cursor = Cursor.parse(text, request.path(), ids, kind);
        if (cursor.isEmpty()) {
            request.query().fault("cursor", "is not a cursor of this list; leave it empty to start");
        }
        return cursor;
    }

    @Override
    @Nullable
    String given(String name) {
        String asked = super.given(name);
        String kept = cursor.map(known -> known.filters().get(name)).orElse(null);
        if (cursor.isPresent() && asked != null && !asked.equals(kept)) {
            request.query().fault(name, "differs from the cursor's; leave it out, or start with an empty cursor");
        }
        String value = cursor.isPresent() ? kept : asked;
        if (value != null) {
            filters.put(name, value);
        }
        return value;
    }

    /**
     * The part that is asked for; called once all filters are read.
     *
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault of the query
     */
    public PageRequest page() {
        int limit = number("limit", 1, MOST, DEFAULT_LIMIT);
        boolean byCursor = request.query().get("cursor") != null;
        int offset = number("offset", 0, Integer.MAX_VALUE, 0);
        if (byCursor && request.query().get("offset") != null) {
            request.query().fault("offset", "can't be combined with cursor");
        }
        request.query().done();
        request.faults().check();
        return byCursor
                ? new PageRequest.Cursor(limit, cursor.map(Cursor::last).orElse(null))
                : new PageRequest.Offset(limit, offset);
    }

    private int number(String name, int least, int most, int absent) {
        String text = request.query().get(name);
        if (text == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same fault as a number out of range.
        }
        request.query().fault(name, "must be an integer from " + least + " to " + most);
        return absent;
    }

    /** Writes an item of a list. */
    @FunctionalInterface
    public interface ItemWriter<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    public <T> Reply reply(PageRequest asked, Page<T> page, ToLongFunction<T> number, ItemWriter<T> writer) {
        return Reply.ok(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("items");
            for (T item : page.items()) {
                writer.write(json, item);
            }
            json.writeEndArray();
            switch (asked) {
                case PageRequest.Offset(int limit, int offset) -> writeTotals(json, page, limit, offset);
                case PageRequest.Cursor(int limit, var before) -> writeNext(json, page, limit, number);
            }
            json.writeEndObject();
        });
    }

    private static void writeTotals(JsonGenerator json, Page<?> page, int limit, int offset) throws IOException {
        json.writeNumberField("total", page.total());
        if (page.total() >= Page.COUNT_CAP) {
            json.writeBooleanField("total_capped", true);
        }
        json.writeNumberField("limit", limit);
        json.writeNumberField("offset", offset);
    }

    private <T> void writeNext(JsonGenerator json, Page<T> page, int limit, ToLongFunction<T> number)
            throws IOException {
        String next = page.hasMore()
                ? new Cursor(
                                request.path(),
                                filters,
                                number.applyAsLong(page.items().getLast()))
                        .text(ids, kind)
                : null;
        json.writeStringField("next_cursor", next);
        json.writeBooleanField("has_more", page.hasMore());
        json.writeNumberField("limit", limit);
    }
}
