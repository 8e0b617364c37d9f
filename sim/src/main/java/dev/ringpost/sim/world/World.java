package dev.ringpost.sim.world;

import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.NumberSource;
import dev.ringpost.intake.Committed;
import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.invariant.DelayRules;
import dev.ringpost.sim.invariant.Life;
import dev.ringpost.sim.invariant.Witness;
import dev.ringpost.sim.plan.Dice;
import dev.ringpost.sim.plan.EndpointPlan;
import dev.ringpost.sim.plan.Plan;
import dev.ringpost.store.Event;
import dev.ringpost.store.memory.MemoryStore;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Everything there is, and what connects it. */
final class World {
    private static final long BEGIN = Instant.parse("2026-11-25T00:00:00Z").toEpochMilli();
    private static final int STORE_NUMBERS = 200;

    private final Plan plan;
    private final Agenda agenda = new Agenda(BEGIN);
    private final Trace trace;
    private final Counts counts;
    private final SharedStore store;
    private final Witness witness;
    private final DelayRules delay;
    private final Latency latency;
    private final StoreFaults faults;
    private final Network network;
    private final Receivers receivers;
    private final Operators operators;
    private final Callers callers;
    private final Cluster cluster = new Cluster(this);
    private final Names names = new Names();
    private final Map<Integer, Long> webhooks = new HashMap<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final List<Delivery> made = new ArrayList<>();
    private long lives;
    private long troubleAt;

    World(Plan plan, Trace trace, Counts counts) {
        this.plan = plan;
        this.trace = trace;
        this.counts = counts;
        trace.runsBy(agenda::now);
        Dice dice = plan.dice();
        this.store = new SharedStore(
                new MemoryStore(new NumberSource(clock(), STORE_NUMBERS, 0)), plan.nodes(), plan.partitions());
        this.delay = new DelayRules(witnessBound(), this::troubleAt);
        this.witness = new Witness(store::ownerOf, this::isStored, plan.settings(), delay, agenda::now);
        this.latency = new Latency(plan, dice.of(1));
        this.faults = new StoreFaults(agenda, dice.of(2), counts);
        this.network = new Network(plan, BEGIN);
        this.receivers = new Receivers(agenda, network, dice.of(3), counts);
        this.operators = new Operators(this);
        this.callers = new Callers(this, dice.of(4));
    }

    /** Where slots are few, attempts that run into their deadline may hold all of a kind, in each account's turn. */
    private long witnessBound() {
        boolean ample = plan.settings().slots() >= EngineSettings.DEFAULT.slots();
        return ample ? 2_000 + 20 * (plan.commitMillis() + plan.readMillis()) : 100_000;
    }

    /** Something went wrong that holds up everybody, or may have. */
    void trouble() {
        troubleAt = agenda.now();
    }

    private long troubleAt() {
        return Math.max(network.troubleAt(agenda.now()), Math.max(troubleAt, faults.lastAt()));
    }

    Plan plan() {
        return plan;
    }

    Agenda agenda() {
        return agenda;
    }

    InstantSource clock() {
        return () -> Instant.ofEpochMilli(agenda.now());
    }

    /** The clock that a node numbers by: those of several nodes differ. */
    InstantSource clockOf(int node) {
        long ahead = isAlone() ? 0 : plan.dice().of(6, node).below(1_500);
        return () -> Instant.ofEpochMilli(agenda.now() + ahead);
    }

    Trace trace() {
        return trace;
    }

    Counts counts() {
        return counts;
    }

    Names names() {
        return names;
    }

    SharedStore store() {
        return store;
    }

    Witness witness() {
        return witness;
    }

    Latency latency() {
        return latency;
    }

    StoreFaults faults() {
        return faults;
    }

    Receivers receivers() {
        return receivers;
    }

    Operators operators() {
        return operators;
    }

    Callers callers() {
        return callers;
    }

    Cluster cluster() {
        return cluster;
    }

    List<Node> nodes() {
        return cluster.nodes();
    }

    /** One node has the store to itself. */
    boolean isAlone() {
        return plan.nodes() == 1;
    }

    RandomGenerator engineRandom() {
        return plan.dice().of(5, lives).random();
    }

    Life newLife(int node) {
        witness.starts();
        return new Life(++lives, node, agenda.now());
    }

    void begin() {
        for (EndpointPlan endpoint : plan.endpoints()) {
            receivers.turn(endpoint.url(), endpoint.behaviour());
            if (!endpoint.ofCalls()) {
                long no = ((BEGIN - 1000 + endpoint.index()) << 22) + endpoint.index();
                webhooks.put(endpoint.index(), no);
                names.endpoint(no, endpoint.index());
                if (endpoint.witness()) {
                    delay.watch(no);
                }
                store.rows().begin().insertWebhook(webhook(endpoint, no));
                store.commit();
            }
        }
        cluster.begin(plan.nodes());
    }

    Webhook webhook(EndpointPlan endpoint, long no) {
        WebhookOptions base = WebhookOptions.DEFAULT;
        WebhookOptions options = new WebhookOptions(
                endpoint.witness() ? Set.of() : base.agentIds(),
                base.directions(),
                endpoint.timeout(),
                endpoint.retrySchedule(),
                endpoint.ordering(),
                endpoint.maxInFlight(),
                endpoint.rateLimit(),
                null,
                Map.of());
        Instant now = Instant.ofEpochMilli(agenda.now());
        return new Webhook(
                no,
                endpoint.account(),
                WebhookKind.ACCOUNT,
                "webhook " + endpoint.index(),
                endpoint.url(),
                EventType.OF_CALLS,
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(new SigningSecret("whsec_a", null)),
                now,
                now);
    }

    /** The webhook of an endpoint of the plan, if it has one by now. */
    Optional<Long> webhookOf(EndpointPlan endpoint) {
        if (!endpoint.ofCalls()) {
            return Optional.ofNullable(webhooks.get(endpoint.index()));
        }
        return store.backlog().callWebhooks(0, Integer.MAX_VALUE).stream()
                .filter(webhook -> webhook.url().startsWith(endpoint.url()))
                .map(Webhook::no)
                .findFirst();
    }

    void recreate(EndpointPlan endpoint, Node node) {
        long no = node.numbers().next();
        webhooks.put(endpoint.index(), no);
        operators.create(webhook(endpoint, no));
    }

    // --- what is committed

    void committed(Node by, List<Committed> batch, List<Event> events) {
        for (Committed each : batch) {
            if (!each.supersedesPartials()) {
                made.add(each.delivery());
            }
        }
        for (Node node : nodes()) {
            if (node.isUp() && !events.isEmpty()) {
                node.parts().timing().look();
            }
        }
        if (!isAlone() && !batch.isEmpty()) {
            nodes().forEach(node -> cluster.hint(node, batch));
        }
    }

    void callErased(Sweep.Erased sweep) {
        for (Node node : nodes()) {
            if (isAlone()) {
                node.shell().forgetPayloads();
                node.parts().sweeping().begin(sweep);
            } else {
                node.after(latency.hint(), () -> {
                    node.shell().forgetPayloads();
                    node.parts().sweeping().begin(sweep);
                });
            }
        }
    }

    void acknowledged(List<Long> events) {
        acknowledged.addAll(events);
    }

    boolean isStored(long event) {
        return !store.backlog().payloads(List.of(event)).isEmpty();
    }

    /** A delivery that was made at some time. */
    Optional<Delivery> pick(long which) {
        return made.isEmpty()
                ? Optional.empty()
                : Optional.of(made.get((int) Math.floorMod(which, (long) made.size())));
    }

    /** Everything has come to rest: what must hold then. */
    void checkTheRest() {
        witness.atTheEnd();
        nodes().stream()
                .filter(Node::isUp)
                .forEach(node -> witness.deletedEndpointsLeaveMemory(
                        node.shell().observed(), node.shell().holdsDeleted()));
        for (long event : acknowledged) {
            if (!store.rows().knows(event)) {
                throw new Broken("nothingAcknowledgedIsLost", "event " + event + " was acknowledged and is not stored");
            }
        }
        store.rows().calls().forEach(call -> {
            boolean isOver =
                    call.status() == CallStatus.FAILED || call.progress().endedFired();
            witness.calls().noCallWaitsForEver(call.no(), isOver);
            witness.calls().everyReportFiresItsEvent(call.no());
            witness.calls().anOutcomeSetByHandStays(call.no(), call.facts().outcome());
        });
    }
}
