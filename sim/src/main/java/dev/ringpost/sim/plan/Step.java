package dev.ringpost.sim.plan;

import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Ordering;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happens in a world at a time, in milliseconds since its beginning. */
public sealed interface Step {
    long at();

    /** For counts and traces. */
    String kind();

    /**
     * A call begins, and goes on as its story says.
     *
     * @param webhook the index of the endpoint that it names as its own; -1: none
     */
    record CallBegins(long at, int call, long account, int webhook, boolean instead) implements Step {
        @Override
        public String kind() {
            return "call";
        }
    }

    /** A receiver answers otherwise from now on. */
    record ReceiverTurns(long at, int endpoint, Behaviour behaviour) implements Step {
        @Override
        public String kind() {
            return "receiver " + behaviour.kind();
        }
    }

    /** Somebody changes a webhook. */
    record WebhookChanges(long at, int endpoint, Change change) implements Step {
        @Override
        public String kind() {
            return "webhook " + change.getClass().getSimpleName();
        }
    }

    /** Somebody has a webhook's events of the past sent again. */
    record ReplayBegins(long at, int endpoint, Replay.Only only) implements Step {
        @Override
        public String kind() {
            return "replay " + only;
        }
    }

    /** Somebody cancels the replays of a webhook. */
    record ReplayCancelled(long at, int endpoint) implements Step {
        @Override
        public String kind() {
            return "replay cancelled";
        }
    }

    /** Somebody asks for a delivery, whatever became of it. */
    record DeliveryAsked(long at, long which) implements Step {
        @Override
        public String kind() {
            return "delivery asked";
        }
    }

    /** Somebody erases a call. */
    record CallErased(long at, long which) implements Step {
        @Override
        public String kind() {
            return "call erased";
        }
    }

    /** From now on, for a while, some of what crosses a boundary of the store fails, or is late. */
    record StoreFails(long at, long millis, Boundary boundary, Fault fault, int percent) implements Step {
        @Override
        public String kind() {
            return "store " + boundary + " " + fault;
        }
    }

    /** What is older than this is deleted, whatever waits of it. */
    record Expires(long at, long millis) implements Step {
        @Override
        public String kind() {
            return "expiry";
        }
    }

    /** A node dies, and starts again after a while. */
    record NodeCrashes(long at, int node, long downMillis) implements Step {
        @Override
        public String kind() {
            return "node crash";
        }
    }

    /** A node stands still for a while, and goes on as if nothing had been. */
    record NodeStops(long at, int node, long millis) implements Step {
        @Override
        public String kind() {
            return "node stopped";
        }
    }

    /** A partition goes to another node, in good order. */
    record PartitionMoves(long at, int partition, int node) implements Step {
        @Override
        public String kind() {
            return "partition moved";
        }
    }

    /** The partition of an endpoint goes to another node, in good order. */
    record EndpointMoves(long at, int endpoint, int node) implements Step {
        @Override
        public String kind() {
            return "partition moved";
        }
    }

    /** Somebody sends a sample to a webhook. */
    record WebhookTested(long at, int endpoint) implements Step {
        @Override
        public String kind() {
            return "webhook tested";
        }
    }

    /** Somebody sets the outcome of a call. */
    record OutcomeSet(long at, long which) implements Step {
        @Override
        public String kind() {
            return "outcome set";
        }
    }

    /** For a while, what nodes tell each other of new deliveries does not arrive. */
    record HintsLost(long at, long millis) implements Step {
        @Override
        public String kind() {
            return "hints lost";
        }
    }

    /** For a while no receiver is reached, from any node. */
    record NetworkFails(long at, long millis) implements Step {
        @Override
        public String kind() {
            return "network down";
        }
    }

    /** A place where a node and the store meet. */
    enum Boundary {
        BEGIN,
        READ,
        COMMIT,
        ANSWER,
        LOAD
    }

    /** What may go wrong there. */
    enum Fault {
        DELAY,
        FAIL,
        CRASH
    }

    /** A change of a webhook. */
    sealed interface Change {
        record Create() implements Change {}

        record Pause() implements Change {}

        record Activate() implements Change {}

        record Delete() implements Change {}

        record Rotate() implements Change {}

        /** One type of event fewer. */
        record Unsubscribe(int type) implements Change {}

        record SubscribeAll() implements Change {}

        record Order(Ordering ordering) implements Change {}

        record MaxInFlight(int most) implements Change {}

        record Rate(@Nullable Integer perSecond) implements Change {}

        record Schedule(List<Duration> schedule) implements Change {}

        record Move() implements Change {}
    }
}
