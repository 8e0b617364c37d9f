package dev.ringpost.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.signing.WebhookSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes an account's events from its stream, one after the other, and forwards each. An event counts as taken once the
 * local server answered anything, or after it could not be reached in several tries; then the next one is read. A stream
 * that breaks off is resumed behind the last event that was taken, for as long as it takes: so none is lost, and one comes
 * twice only where this process ends between the answer and the next event.
 */
public final class Listener {
    /** Between tries of one event where the local server does not answer: a server that is being restarted is back by then. */
    private static final List<Duration> LOCAL_PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15));

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Remote remote;
    private final Forwarder forwarder;
    private final Wanted wanted;
    private final Audience audience;
    private final Pause pause;
    private @Nullable String lastId;

    /**
     * Which events.
     *
     * @param events empty: all
     * @param after the id of an event to begin behind; null: with what comes from now on
     * @param secret to sign with; null: the account's own
     */
    public record Wanted(
            Set<String> events,
            @Nullable String after,
            @Nullable WebhookSecret secret) {
        public Wanted {
            events = Set.copyOf(events);
        }
    }

    /** Is told what happens. */
    public interface Audience {
        /** Events are waited for from now on. */
        void connected();

        /** One try of an event; {@code next} says when it is tried again, null that it is not. */
        void tried(JsonNode event, int attempt, Forwarder.Outcome outcome, @Nullable Duration next);

        /** The stream broke off, or could not be opened. */
        void disconnected(String why, Duration next);

        /** Events that were asked for are no longer kept. */
        void missed(JsonNode gap);
    }

    /** Waits; tests do not. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    public Listener(Remote remote, Forwarder forwarder, Wanted wanted, Audience audience, Pause pause) {
        this.remote = remote;
        this.forwarder = forwarder;
        this.wanted = wanted;
        this.audience = audience;
        this.pause = pause;
    }

    /**
     * Listens until the thread is interrupted.
     *
     * @throws RemoteFailure where the server refuses, and would do so again
     */
    public void listen() throws InterruptedException {
        Duration wait = FIRST_PAUSE;
        boolean placed = false;
        while (true) {
            String why;
            try {
                if (!placed) {
                    lastId = wanted.after() == null ? newest() : wanted.after();
                    placed = true;
                }
                WebhookSecret secret = secret();
                try (EventReader reader = new EventReader(remote.open(path(), headers()))) {
                    audience.connected();
                    wait = FIRST_PAUSE;
                    why = follow(reader, secret);
                }
            } catch (RemoteFailure e) {
                if (!e.isPassing()) {
                    throw e;
                }
                why = String.valueOf(e.getMessage());
            }
            audience.disconnected(why, wait);
            pause.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait.multipliedBy(2);
        }
    }

    /** So that what happens before the stream is open, or while it is not, is not lost. */
    private @Nullable String newest() {
        JsonNode newest = remote.get("/v1/events?limit=1&cursor=").json().at("/items/0/id");
        return newest.isMissingNode() ? null : newest.asText();
    }

    private WebhookSecret secret() {
        WebhookSecret given = wanted.secret();
        if (given != null) {
            return given;
        }
        JsonNode own = remote.get("/v1/signing-secret").json();
        if (!own.has("secret")) {
            throw new RemoteFailure(
                    409,
                    "the account signs with an Ed25519 key, which Ringpost never shows; give a secret of your own with"
                            + " --secret whsec_...");
        }
        return WebhookSecret.parse(own.path("secret").asText());
    }

    private String path() {
        Map<String, @Nullable String> query = new HashMap<>();
        query.put(
                "event",
                wanted.events().size() == 1 ? wanted.events().iterator().next() : null);
        // Without any event so far, all that come are wanted.
        query.put("since", lastId == null ? "1970-01-01T00:00:00Z" : null);
        return Remote.path("/v1/events/stream", query);
    }

    private Map<String, String> headers() {
        String last = lastId;
        return last == null ? Map.of() : Map.of("last-event-id", last);
    }

    /** Returns why it ended. */
    private String follow(EventReader reader, WebhookSecret secret) throws InterruptedException {
        try {
            for (EventReader.Message message = reader.next(); message != null; message = reader.next()) {
                JsonNode data = Remote.JSON.readTree(message.data());
                String id = message.id();
                if (id == null) {
                    audience.missed(data);
                } else {
                    if (wanted.events().isEmpty() || wanted.events().contains(message.event())) {
                        forward(id, data, RawJson.member(message.data(), "payload"), secret);
                    }
                    lastId = id;
                }
            }
            return "the server ended the stream";
        } catch (IOException e) {
            return "the connection broke off (" + e.getMessage() + ")";
        }
    }

    private void forward(String id, JsonNode event, byte[] payload, WebhookSecret secret) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Forwarder.Outcome outcome = forwarder.send(id, payload, attempt, secret);
            boolean again = outcome.status() == null && attempt <= LOCAL_PAUSES.size();
            Duration next = again ? LOCAL_PAUSES.get(attempt - 1) : null;
            audience.tried(event, attempt, outcome, next);
            if (next == null) {
                return;
            }
            pause.sleep(next);
        }
    }
}
