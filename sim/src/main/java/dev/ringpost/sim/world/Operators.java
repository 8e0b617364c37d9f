package dev.ringpost.sim.world;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.delivery.WebhookSweeps;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.sim.plan.Step;
import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The people who change webhooks, replay, retry and erase: each request goes to the node that has the endpoint. */
final class Operators {
    private final World world;

    Operators(World world) {
        this.world = world;
    }

    private Instant now() {
        return Instant.ofEpochMilli(world.agenda().now());
    }

    void create(Webhook webhook) {
        world.cluster()
                .ownerOf(webhook.no())
                .ifPresent(node -> node.writer()
                        .add(new Work.Change<>(
                                tx -> {
                                    tx.insertWebhook(webhook);
                                    return webhook;
                                },
                                this::tellChanged,
                                () -> {})));
    }

    void change(long endpoint, Step.Change change) {
        if (change instanceof Step.Change.Delete) {
            delete(endpoint);
        } else {
            patch(endpoint, webhook -> Changed.by(change, webhook, now()), change instanceof Step.Change.Activate);
        }
    }

    /** A sample that is answered well is a repair. */
    void test(long endpoint) {
        Optional<Webhook> found = world.store().backlog().webhook(endpoint);
        if (found.isEmpty() || !world.receivers().answersWell(found.get().url())) {
            return;
        }
        world.cluster()
                .ownerOf(endpoint)
                .ifPresent(node -> node.writer()
                        .add(new Work.Change<>(
                                tx -> {
                                    Sweep repair = new WebhookSweeps(node.numbers()).repair(found.get());
                                    tx.insertSweep(repair);
                                    return repair;
                                },
                                repair -> begin(endpoint, repair),
                                () -> {})));
    }

    /** @param by tells it from others */
    void setOutcome(Callers.KnownCall call, long by) {
        String outcome = "by hand " + by;
        Node node = world.cluster().anyNode(world.plan().dice().of(by));
        if (node != null) {
            world.witness().calls().asksByHand(call.no(), outcome);
            node.writer()
                    .add(new Work.Commands(
                            List.of(new CallCommand.SetOutcome(call.account(), call.no(), outcome)),
                            answers -> {
                                if (answers.getFirst() instanceof CallAnswer.Done) {
                                    world.witness().calls().setByHand(call.no());
                                }
                            },
                            () -> {}));
        }
    }

    private record Patched(Webhook webhook, List<Sweep> sweeps) {}

    void patch(long endpoint, Function<Webhook, Webhook> change, boolean saysActive) {
        world.cluster()
                .ownerOf(endpoint)
                .ifPresent(node -> node.writer()
                        .add(new Work.Change<Optional<Patched>>(
                                tx -> tx.webhook(endpoint).map(before -> {
                                    Webhook after = change.apply(before);
                                    tx.updateWebhook(after);
                                    List<Sweep> sweeps =
                                            new WebhookSweeps(node.numbers()).of(before, after, saysActive);
                                    sweeps.forEach(tx::insertSweep);
                                    return new Patched(after, sweeps);
                                }),
                                patched -> patched.ifPresent(done -> {
                                    tellChanged(done.webhook());
                                    done.sweeps().forEach(sweep -> begin(endpoint, sweep));
                                }),
                                () -> {})));
    }

    private void begin(long endpoint, Sweep sweep) {
        world.cluster().atOwner(endpoint, node -> node.parts().sweeping().begin(sweep));
    }

    private void tellChanged(Webhook webhook) {
        // Told by one thread or another, so two changes may come in another order than they were committed.
        world.cluster()
                .atOwner(
                        webhook.no(),
                        node -> node.after(
                                world.latency().hint(), () -> node.shell().webhookChanged(webhook)));
    }

    private void delete(long endpoint) {
        world.cluster()
                .ownerOf(endpoint)
                .ifPresent(node -> node.writer()
                        .add(new Work.Change<>(
                                tx -> {
                                    Optional<Webhook> found = tx.webhook(endpoint);
                                    found.ifPresent(webhook -> tx.deleteWebhook(webhook.account(), endpoint));
                                    return found;
                                },
                                deleted -> deleted.ifPresent(webhook -> world.cluster()
                                        .atOwner(
                                                endpoint, owner -> owner.shell().webhookDeleted(endpoint))),
                                () -> {})));
    }

    /** What an engine wishes, where it still holds. */
    void disable(Node node, Effect.Disable wish) {
        world.counts().add("webhooks disabled");
        node.writer()
                .add(new Work.Change<>(
                        tx -> tx.webhook(wish.webhook().no())
                                .filter(Webhook::isActive)
                                .map(current -> {
                                    Webhook inactive = current.disabled(wish.reason(), now());
                                    tx.updateWebhook(inactive);
                                    return inactive;
                                }),
                        changed -> changed.ifPresent(this::tellChanged),
                        () -> {}));
    }

    void replay(long endpoint, Replay.Only only) {
        world.cluster()
                .ownerOf(endpoint)
                .ifPresent(node -> node.writer()
                        .add(new Work.Change<>(
                                tx -> {
                                    Optional<Webhook> webhook =
                                            tx.webhook(endpoint).filter(Webhook::isActive);
                                    webhook.ifPresent(found -> tx.insertReplay(
                                            replay(node.numbers().next(), found, only)));
                                    return webhook;
                                },
                                begun -> world.cluster()
                                        .atOwner(
                                                endpoint,
                                                owner -> owner.parts()
                                                        .replaying()
                                                        .look()),
                                () -> {})));
    }

    private Replay replay(long no, Webhook webhook, Replay.Only only) {
        return new Replay(
                no,
                webhook.account(),
                webhook.no(),
                only,
                EventType.OF_CALLS,
                Instant.EPOCH,
                now(),
                Replay.Status.RUNNING,
                0,
                0,
                0,
                0,
                0,
                now());
    }

    void cancelReplays(long endpoint) {
        for (Replay replay : world.store().backlog().runningReplays()) {
            if (replay.endpoint() == endpoint) {
                world.cluster()
                        .ownerOf(endpoint)
                        .ifPresent(node -> node.writer()
                                .add(new Work.Change<Sweep>(
                                        tx -> {
                                            tx.endReplay(replay.no(), Replay.Status.CANCELLED);
                                            Sweep sweep = new Sweep.ReplayCancelled(
                                                    node.numbers().next(), replay.account(), endpoint, replay.no());
                                            tx.insertSweep(sweep);
                                            return sweep;
                                        },
                                        sweep -> begin(endpoint, sweep),
                                        () -> {})));
            }
        }
    }

    void ask(Delivery delivery) {
        long endpoint = delivery.endpoint();
        world.cluster()
                .ownerOf(endpoint)
                .filter(node -> node.shell().isOwn(endpoint))
                .ifPresent(node -> node.shell()
                        .change(
                                tx -> tx.webhook(endpoint)
                                        .filter(webhook -> webhook.isActive()
                                                && webhook.events().contains(delivery.type())
                                                && world.isStored(delivery.event()))
                                        .map(webhook -> tx.ask(delivery, now())),
                                asked -> asked.ifPresent(lane -> {
                                    if (node.shell().isOwn(endpoint)) {
                                        node.shell().asked(lane, delivery);
                                    }
                                }),
                                () -> {}));
    }

    void erase(Callers.KnownCall call) {
        Node node = world.cluster().anyNode(world.plan().dice().of(call.no()));
        if (node != null) {
            node.writer()
                    .add(new Work.Commands(
                            List.of(new CallCommand.Erase(call.account(), call.no())),
                            answers -> {
                                if (answers.getFirst() instanceof CallAnswer.Erased) {
                                    world.counts().add("calls erased");
                                    node.forgetErased();
                                    world.callErased(
                                            new Sweep.Erased(node.numbers().next(), call.account(), call.no()));
                                }
                            },
                            () -> {}));
        }
    }
}
