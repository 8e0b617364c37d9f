package dev.ringpost.sim.world;

import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.plan.EndpointPlan;
import dev.ringpost.sim.plan.Plan;
import dev.ringpost.sim.plan.Step;
import dev.ringpost.store.CallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes a world, lets everything happen that is planned, then mends everything and waits until nothing waits any more. */
public final class Simulation {
    /** Beyond the longest pause that a delivery may have to wait for. */
    private static final long GRACE_MILLIS = Duration.ofHours(2).toMillis();

    /** What is due goes within this time of the moment when everything is mended: a probe of a breaker comes first. */
    private static final long DUE_MILLIS = Duration.ofMinutes(20).toMillis();

    /** What goes wrong at the store may be felt for so long. */
    private static final long TROUBLE_MILLIS = Duration.ofSeconds(30).toMillis();

    /** What an outage of the network held up goes within this time after it. */
    private static final long AFTER_OUTAGE_MILLIS = Duration.ofMinutes(3).toMillis();

    /** An engine forgets an endpoint that has had nothing to do for less than this. */
    private static final long IDLE_MILLIS = Duration.ofMinutes(3).toMillis();

    /** Far more than any world needs for a delivery. */
    private static final long STEPS_A_DELIVERY = 400;

    private final Plan plan;
    private final Trace trace;
    private final Counts counts;
    private final World world;
    private final long begin;

    private Simulation(Plan plan, Trace trace, Counts counts) {
        this.plan = plan;
        this.trace = trace;
        this.counts = counts;
        this.world = new World(plan, trace, counts);
        this.begin = world.agenda().now();
    }

    /**
     * @param counts gets what happened
     * @return how much time passed in the world, in milliseconds
     * @throws Broken where something does not hold
     */
    public static long run(Plan plan, Trace trace, Counts counts) {
        Simulation simulation = new Simulation(plan, trace, counts);
        try {
            return simulation.run();
        } catch (Broken e) {
            throw e;
        } catch (RuntimeException e) {
            throw Broken.byException(e);
        }
    }

    private long run() {
        world.begin();
        for (Step step : plan.steps()) {
            world.agenda().at(begin + step.at(), () -> take(step));
        }
        inspect();
        runUntil(begin + plan.lengthMillis());
        mend();
        drain();
        runUntil(world.agenda().now() + IDLE_MILLIS);
        world.checkTheRest();
        return world.agenda().now() - begin;
    }

    private void runUntil(long end) {
        while (world.agenda().nextAt() <= end && world.agenda().step()) {
            // everything happens in the step
        }
    }

    private void inspect() {
        for (Node node : world.nodes()) {
            if (node.isUp()) {
                node.shell().inspect();
            }
        }
        if (world.agenda().now() < begin + plan.lengthMillis()) {
            world.agenda().after(Math.max(1_000, plan.lengthMillis() / 200), this::inspect);
        }
    }

    private void take(Step step) {
        counts.add(step.kind());
        trace.step("plan", step.at(), step::toString);
        switch (step) {
            case Step.CallBegins begins -> world.callers().begin(begins);
            case Step.ReceiverTurns turns ->
                world.receivers().turn(plan.endpoints().get(turns.endpoint()).url(), turns.behaviour());
            case Step.WebhookChanges changes -> change(plan.endpoints().get(changes.endpoint()), changes.change());
            case Step.ReplayBegins replay ->
                world.webhookOf(plan.endpoints().get(replay.endpoint()))
                        .ifPresent(no -> world.operators().replay(no, replay.only()));
            case Step.ReplayCancelled cancel ->
                world.webhookOf(plan.endpoints().get(cancel.endpoint())).ifPresent(world.operators()::cancelReplays);
            case Step.DeliveryAsked asked -> world.pick(asked.which()).ifPresent(world.operators()::ask);
            case Step.CallErased erased -> {
                List<Callers.KnownCall> known = world.callers().known();
                if (!known.isEmpty()) {
                    world.operators()
                            .erase(known.get(known.size()
                                    - 1
                                    - (int) Math.floorMod(erased.which(), (long) Math.min(known.size(), 60))));
                }
            }
            case Step.StoreFails fails -> {
                world.faults().begin(fails);
                world.witness().disturbed(world.agenda().now() + fails.millis() + TROUBLE_MILLIS);
            }
            case Step.Expires expires -> {
                Node node = world.cluster().anyNode(plan.dice().of(expires.at()));
                if (node != null) {
                    node.expire(Instant.ofEpochMilli(world.agenda().now() - expires.millis()));
                }
            }
            case Step.NodeCrashes crash -> world.nodes().get(crash.node()).crash(crash.downMillis());
            case Step.NodeStops stop -> world.nodes().get(stop.node()).stop(stop.millis());
            case Step.PartitionMoves moves -> world.cluster().movePartition(moves.partition(), moves.node());
            case Step.EndpointMoves moves ->
                world.webhookOf(plan.endpoints().get(moves.endpoint()))
                        .ifPresent(no ->
                                world.cluster().movePartition(world.store().partition(no), moves.node()));
            case Step.WebhookTested tested -> {
                EndpointPlan endpoint = plan.endpoints().get(tested.endpoint());
                world.webhookOf(endpoint).ifPresent(world.operators()::test);
            }
            case Step.OutcomeSet set -> {
                List<Callers.KnownCall> known = world.callers().known();
                if (!known.isEmpty()) {
                    world.operators()
                            .setOutcome(known.get((int) Math.floorMod(set.which(), (long) known.size())), set.at());
                }
            }
            case Step.NetworkFails down ->
                world.witness().disturbed(world.agenda().now() + down.millis() + AFTER_OUTAGE_MILLIS);
            case Step.HintsLost lost -> {
                world.cluster().hints(false);
                world.witness().disturbed(world.agenda().now() + lost.millis());
                world.agenda().after(lost.millis(), () -> world.cluster().hints(true));
            }
        }
    }

    private void change(EndpointPlan endpoint, Step.Change change) {
        var webhook = world.webhookOf(endpoint);
        if (change instanceof Step.Change.Create) {
            Node node = world.cluster().anyNode(plan.dice().of(endpoint.index()));
            boolean gone = webhook.isEmpty()
                    || world.store().backlog().webhook(webhook.get()).isEmpty();
            if (gone && node != null && !endpoint.ofCalls()) {
                world.recreate(endpoint, node);
            }
        } else {
            webhook.ifPresent(no -> world.operators().change(no, change));
        }
    }

    /** From now on nothing goes wrong, and what is paused goes on. */
    private void mend() {
        trace.step("mended", 0, () -> "everything");
        world.faults().end();
        world.receivers().mendAll();
        world.cluster().hints(true);
        runUntil(world.agenda().now() + Duration.ofMinutes(2).toMillis());
        for (EndpointPlan endpoint : plan.endpoints()) {
            world.webhookOf(endpoint)
                    .flatMap(world.store().backlog()::webhook)
                    .filter(webhook -> !webhook.isActive())
                    .ifPresent(webhook -> world.operators().change(webhook.no(), new Step.Change.Activate()));
        }
    }

    private void drain() {
        long mended = world.agenda().now();
        long until = mended + longestWait() + GRACE_MILLIS;
        long most = trace.steps() + (world.store().rows().waiting() + 500) * STEPS_A_DELIVERY;
        // An endpoint may want no more than one a second.
        long due = DUE_MILLIS + world.store().rows().waiting() * 1_500;
        boolean looked = false;
        while (!isAtRest()) {
            long now = world.agenda().now();
            if (!looked && now > mended + due) {
                looked = true;
                whatIsDueGoes(now - due);
            }
            if (now > until) {
                throw new Broken(
                        "everythingDrainsWhenFaultsStop",
                        world.store().rows().waiting() + " wait for ever: "
                                + world.witness().overdue(Long.MAX_VALUE));
            }
            if (trace.steps() > most) {
                throw new Broken("nothingTurnsInACircle", trace.steps() + " steps");
            }
            if (!world.agenda().step()) {
                throw new Broken(
                        "everythingDrainsWhenFaultsStop",
                        "nothing will happen any more, and these wait: "
                                + world.witness().overdue(Long.MAX_VALUE));
            }
        }
    }

    private void whatIsDueGoes(long before) {
        List<String> overdue = world.witness().overdue(before);
        if (!overdue.isEmpty()) {
            throw new Broken("whatIsDueGoesWhenFaultsStop", "due before " + before + ": " + overdue);
        }
    }

    private long longestWait() {
        long longest = Duration.ofHours(24).toMillis(); // what Retry-After may ask for
        for (EndpointPlan endpoint : plan.endpoints()) {
            for (Duration pause : endpoint.retrySchedule()) {
                longest = Math.max(longest, pause.toMillis() * 12 / 10);
            }
        }
        return Math.max(longest, plan.callTimeout().toMillis() * 2);
    }

    private boolean isAtRest() {
        var rows = world.store().rows();
        return rows.waiting() == 0
                && rows.calls().stream().allMatch(call -> call.status().isOver())
                && world.store().backlog().sweeps().isEmpty()
                && world.store().backlog().runningReplays().isEmpty()
                && rows.nextTimer(CallTimer.Kind.ANALYSIS_WAIT).isEmpty();
    }
}
