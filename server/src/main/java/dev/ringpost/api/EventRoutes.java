package dev.ringpost.api;

import dev.ringpost.api.http.Access;
import dev.ringpost.api.http.Filters;
import dev.ringpost.api.http.Listing;
import dev.ringpost.api.http.Operation;
import dev.ringpost.api.http.Reply;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.output.EventJson;
import dev.ringpost.call.EventType;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.Event;
import dev.ringpost.store.EventFilter;
import dev.ringpost.store.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls fired, with payloads: of the account, or of a call. */
final class EventRoutes {
    private final ApiParts parts;
    private final EventJson output;

    EventRoutes(ApiParts parts) {
        this.parts = parts;
        this.output = new EventJson(parts.ids());
    }

    List<Operation> operations() {
        return List.of(
                Operation.list("/v1/events", Access.READING, this::ofAccount),
                Operation.list("/v1/calls/:id/events", Access.READING, this::ofCall),
                Operation.get("/v1/events/:id", Access.READING, this::get));
    }

    private Reply ofAccount(Request request) {
        Listing listing = new Listing(request, parts.ids(), IdKind.EVENT);
        return list(request, listing, listing.id("call_id", IdKind.CALL));
    }

    private Reply ofCall(Request request) {
        long call = request.id(parts.ids(), IdKind.CALL);
        if (parts.records().call(request.account(), call).isEmpty()) {
            throw Request.noSuch(IdKind.CALL).asException();
        }
        return list(request, new Listing(request, parts.ids(), IdKind.EVENT), call);
    }

    private Reply list(Request request, Listing listing, @Nullable Long call) {
        EventFilter filter = filter(listing, call, listing.time("since"), listing.time("until"));
        PageRequest page = listing.page();
        return listing.reply(page, parts.records().events(request.account(), filter, page), Event::no, output::write);
    }

    static EventFilter filter(Filters query, @Nullable Long call, @Nullable Instant since, @Nullable Instant until) {
        return new EventFilter(
                query.choice("event", EventType.OF_CALLS.toArray(EventType[]::new), EventType::wireName),
                call,
                since,
                until);
    }

    private Reply get(Request request) {
        long no = request.id(parts.ids(), IdKind.EVENT);
        Event event = parts.records()
                .event(request.account(), no)
                .filter(found -> found.type().isOfCall())
                .orElseThrow(() -> Request.noSuch(IdKind.EVENT).asException());
        return Reply.ok(json -> output.write(json, event));
    }
}
