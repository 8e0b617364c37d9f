package dev.ringpost.sim.world;

import dev.ringpost.store.Backlog;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.memory.DeliveryChange;
import dev.ringpost.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The database that the nodes share: what all stores hold, and which node has which partition. A node's right to write
 * lies in its epoch: whoever takes its partitions from it moves the epoch on, and from then on its transactions are
 * refused.
 */
final class SharedStore {
    private final MemoryStore store;
    private final int[] owners;
    private final long[] epochs;
    private final List<Runnable> atCommit = new ArrayList<>();

    /** A transaction of a node whose epoch has moved on. */
    static final class Fenced extends Exception {
        private static final long serialVersionUID = 1;
    }

    SharedStore(MemoryStore store, int nodes, int partitions) {
        this.store = store;
        this.owners = new int[partitions];
        this.epochs = new long[nodes];
        Arrays.setAll(owners, partition -> partition % nodes);
    }

    MemoryStore rows() {
        return store;
    }

    Backlog backlog() {
        return store.backlog();
    }

    int partition(long endpoint) {
        return (int) Math.floorMod((endpoint * 0x9E3779B97F4A7C15L) >>> 33, (long) owners.length);
    }

    int owner(int partition) {
        return owners[partition];
    }

    int ownerOf(long endpoint) {
        return owners[partition(endpoint)];
    }

    /** A node starts: what it began before is refused. Returns its epoch. */
    long enter(int node) {
        return ++epochs[node];
    }

    /** False where it was fenced and does not know it yet. */
    boolean isCurrent(int node, long epoch) {
        return epochs[node] == epoch;
    }

    List<Integer> partitionsOf(int node) {
        return IntStream.range(0, owners.length)
                .filter(partition -> owners[partition] == node)
                .boxed()
                .toList();
    }

    Transaction begin(int node, long epoch) throws Fenced {
        if (epochs[node] != epoch) {
            throw new Fenced();
        }
        return store.begin();
    }

    List<DeliveryChange> commit() {
        List<DeliveryChange> changes = store.commit();
        atCommit.forEach(Runnable::run);
        atCommit.clear();
        return changes;
    }

    void rollback() {
        store.rollback();
        atCommit.clear();
    }

    /**
     * In a transaction of the node that has it, after everything that this node writes about it.
     *
     * @param given called at the commit
     */
    void give(int partition, int node, Runnable given) {
        atCommit.add(() -> {
            owners[partition] = node;
            given.run();
        });
    }

    /** Takes everything from a node that does not answer; what it still writes is refused. */
    void fence(int node, List<Integer> heirs) {
        epochs[node]++;
        int turn = 0;
        for (int partition : partitionsOf(node)) {
            owners[partition] = heirs.get(turn++ % heirs.size());
        }
    }
}
