package dev.ringpost.sim.world;

import dev.ringpost.intake.Committed;
import dev.ringpost.sim.plan.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The nodes, and which of them has what: partitions move, are taken from a node that is gone, and hints go between them. */
final class Cluster {
    /** After this time without a sign of life a node's partitions are taken from it. */
    private static final long LEASE_MILLIS = 10_000;

    private static final long POLL_MILLIS = 1_000;

    private final World world;
    private final List<Node> nodes = new ArrayList<>();
    private boolean hintsArrive = true;

    Cluster(World world) {
        this.world = world;
    }

    void begin(int count) {
        for (int no = 0; no < count; no++) {
            Node node = new Node(world, no);
            nodes.add(node);
            node.start();
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** A node that takes requests; null: none does. */
    @Nullable
    Node anyNode(Dice dice) {
        List<Node> up = nodes.stream().filter(Node::isUp).toList();
        return up.isEmpty() ? null : up.get(dice.below(up.size()));
    }

    /** The node that has the endpoint, if it takes requests. */
    Optional<Node> ownerOf(long endpoint) {
        return Optional.of(nodes.get(world.store().ownerOf(endpoint))).filter(Node::isUp);
    }

    /** Tells the node that has the endpoint, if it is up; else it reads what it has to know when it starts. */
    void atOwner(long endpoint, Consumer<Node> what) {
        Node owner = nodes.get(world.store().ownerOf(endpoint));
        if (world.isAlone()) {
            what.accept(owner);
        } else {
            tell(owner, endpoint, what);
        }
    }

    private void tell(Node node, long endpoint, Consumer<Node> what) {
        node.after(world.latency().hint(), () -> {
            if (node.parts().shell().isOwn(endpoint)) {
                what.accept(node);
            }
        });
    }

    /** A node does not answer: the others wait for a while, then share what it had. */
    void lost(Node node) {
        world.trouble();
        if (world.isAlone()) {
            return;
        }
        long life = node.life();
        long epoch = node.epoch();
        world.agenda().after(LEASE_MILLIS, () -> {
            boolean back = node.isUp() && (node.life() != life || node.epoch() != epoch || !node.isStopped());
            List<Integer> heirs = nodes.stream()
                    .filter(other -> other != node && mayOwn(other))
                    .map(Node::no)
                    .toList();
            if (!back && !heirs.isEmpty()) {
                takeOver(node, heirs);
            }
        });
    }

    private boolean mayOwn(Node node) {
        return node.isUp() && world.store().isCurrent(node.no(), node.epoch());
    }

    private void takeOver(Node node, List<Integer> heirs) {
        world.trouble();
        List<Integer> partitions = world.store().partitionsOf(node.no());
        world.store().fence(node.no(), heirs);
        node.loses();
        world.counts().add("partitions taken over");
        world.trace().step("taken over", node.no(), () -> partitions + " of node " + node.no());
        for (int partition : partitions) {
            Node heir = nodes.get(world.store().owner(partition));
            heir.after(world.latency().hint(), () -> takeUp(heir, partition));
        }
    }

    private void takeUp(Node node, int partition) {
        world.trouble();
        if (world.store().owner(partition) == node.no()) {
            world.witness().disturbed(world.agenda().now());
            node.gained(partition);
        }
    }

    void movePartition(int partition, int to) {
        Node from = nodes.get(world.store().owner(partition));
        Node heir = nodes.get(to);
        if (from == heir || !from.isUp() || !mayOwn(heir) || !from.shell().has(partition)) {
            return;
        }
        world.trouble();
        world.trace()
                .step("moves", partition, () -> "partition " + partition + " from node " + from.no() + " to " + to);
        from.shell().release(partition, () -> give(from, heir, partition));
    }

    /** To a node that is there; else it stays where it was. */
    private void give(Node from, Node heir, int partition) {
        from.shell()
                .change(
                        tx -> {
                            Gift gift = new Gift(mayOwn(heir) ? heir : from, partition);
                            // The hint is lost where the giver dies right then.
                            Runnable poll = () -> gift.owner.after(POLL_MILLIS, gift::arrive);
                            world.store().give(partition, gift.owner.no(), poll);
                            return gift;
                        },
                        gift -> gift.owner.after(world.latency().hint(), gift::arrive),
                        () -> from.after(500, () -> give(from, heir, partition)));
    }

    /** A partition on its way to its new owner, which hears of it once or twice. */
    private final class Gift {
        private final Node owner;
        private final int partition;
        private boolean arrived;

        Gift(Node owner, int partition) {
            this.owner = owner;
            this.partition = partition;
        }

        void arrive() {
            if (!arrived) {
                arrived = true;
                takeUp(owner, partition);
            }
        }
    }

    /** A hint may be lost; the next poll finds what it was about. */
    void hint(Node node, List<Committed> batch) {
        List<Committed> own = batch.stream()
                .filter(each -> world.store().ownerOf(each.delivery().endpoint()) == node.no())
                .toList();
        if (own.isEmpty()) {
            return;
        }
        if (hintsArrive) {
            node.after(world.latency().hint(), () -> node.shell().hinted(own));
        } else {
            world.counts().add("hints lost");
        }
        node.after(POLL_MILLIS, () -> node.shell().poll());
    }

    void hints(boolean arrive) {
        hintsArrive = arrive;
    }
}
