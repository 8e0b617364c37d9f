package dev.ringpost.sim.world;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Committed;
import dev.ringpost.intake.Intake;
import dev.ringpost.sim.invariant.FanoutRules;
import dev.ringpost.sim.plan.Step.Boundary;
import dev.ringpost.sim.plan.Step.Fault;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.memory.DeliveryChange;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's one writer, as {@code dev.ringpost.commit.GroupCommit} is the server's: takes what waits as one transaction,
 * and tells who waits after the commit. What fails, fails as a whole. Where the answer to a commit is lost, the store is
 * asked what became of it, and nothing else is written before that is known.
 */
final class BatchWriter {
    private static final long ASK_AGAIN_MILLIS = 700;

    private final World world;
    private final Node node;
    private final Intake intake;
    private final List<Work> inbox = new ArrayList<>();
    private boolean busy;

    /** What a transaction did. */
    private static final class Run {
        private final List<Runnable> outcomes = new ArrayList<>();
        private final List<LaneWrite> writes = new ArrayList<>();
        private final List<Committed> committed = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
    }

    /** The database says that it can't. */
    private static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    BatchWriter(World world, Node node, Intake intake) {
        this.world = world;
        this.node = node;
        this.intake = intake;
    }

    void add(Work work) {
        inbox.add(work);
        pump();
    }

    private void pump() {
        if (busy || inbox.isEmpty()) {
            return;
        }
        busy = true;
        // A turn later: what comes in the same moment goes along.
        node.after(0, () -> {
            List<Work> batch = List.copyOf(inbox);
            inbox.clear();
            send(batch);
        });
    }

    /** From here on it is on its way, whatever becomes of the node. */
    private void send(List<Work> batch) {
        long epoch = node.epoch();
        long life = node.life();
        long delay = world.latency().commit();
        Fault fault = world.faults().at(Boundary.BEGIN);
        if (fault == Fault.DELAY) {
            delay += world.latency().trouble();
        }
        world.agenda().after(delay, () -> arrive(batch, epoch, life, fault));
    }

    private void arrive(List<Work> batch, long epoch, long life, @Nullable Fault fault) {
        if (fault == Fault.DELAY) {
            world.trouble();
        }
        boolean embedded = world.isAlone();
        if (embedded && node.life() != life) {
            return;
        }
        if (fault == Fault.CRASH) {
            node.crashIf(life);
            return;
        }
        if (fault == Fault.FAIL) {
            answer(life, () -> fail(batch));
            return;
        }
        try {
            Transaction transaction = world.store().begin(node.no(), epoch);
            transact(batch, transaction, life);
        } catch (SharedStore.Fenced e) {
            world.counts().add("fenced batches");
            world.trace().step("fenced", node.no(), epoch);
            node.inLife(life, node::fenced);
        }
    }

    private void transact(List<Work> batch, Transaction transaction, long life) {
        Run run = new Run();
        Fault read = world.faults().at(Boundary.READ);
        try {
            Transaction used = read == Fault.FAIL || read == Fault.CRASH
                    ? Failing.after(transaction, world.latency().statements(), Unavailable::new)
                    : transaction;
            work(batch, used, run);
        } catch (Unavailable e) {
            world.store().rollback();
            lose(batch, life, read == Fault.CRASH);
            return;
        }
        Fault commit = world.faults().at(Boundary.COMMIT);
        if (commit == Fault.FAIL || commit == Fault.CRASH) {
            world.store().rollback();
            lose(batch, life, commit == Fault.CRASH);
            return;
        }
        List<DeliveryChange> changes = world.store().commit();
        world.trace().step("commit", node.no(), changes.size());
        world.witness().committed(node.no(), changes, run.writes, run.events);
        world.committed(node, run.committed, run.events);
        Fault answer = world.faults().at(Boundary.ANSWER);
        if (answer == Fault.CRASH) {
            node.crashIf(life);
        } else if (answer == Fault.FAIL) {
            // Nobody knows whether it is committed, until the store says so.
            node.laterInLife(life, ASK_AGAIN_MILLIS, () -> answer(life, () -> complete(run)));
        } else {
            if (commit == Fault.DELAY || answer == Fault.DELAY || read == Fault.DELAY) {
                node.laterInLife(life, world.latency().trouble(), () -> completeLate(run));
            } else {
                answer(life, () -> complete(run));
            }
        }
    }

    private void lose(List<Work> batch, long life, boolean crash) {
        if (crash) {
            node.crashIf(life);
        } else {
            answer(life, () -> fail(batch));
        }
    }

    private void answer(long life, Runnable outcome) {
        node.laterInLife(life, world.latency().commit(), outcome);
    }

    private void fail(List<Work> batch) {
        busy = false;
        batch.forEach(Work::failed);
        pump();
    }

    private void completeLate(Run run) {
        world.trouble();
        complete(run);
    }

    private void complete(Run run) {
        busy = false;
        node.tellEngine(run.committed);
        run.outcomes.forEach(Runnable::run);
        pump();
    }

    private void work(List<Work> batch, Transaction transaction, Run run) {
        List<CallCommand> commands = new ArrayList<>();
        for (Work work : batch) {
            if (work instanceof Work.Writes writes) {
                transaction.apply(writes.writes());
                run.writes.addAll(writes.writes());
                run.outcomes.add(writes.committed());
            } else if (work instanceof Work.Commands some) {
                commands.addAll(some.commands());
            }
        }
        if (!commands.isEmpty()) {
            Intake.Result result = intake.process(transaction, commands);
            run.committed.addAll(result.committed());
            run.events.addAll(result.events());
            judge(transaction, result);
            answers(batch, result.answers(), run);
        }
        for (Work work : batch) {
            if (work instanceof Work.Change<?> change) {
                run.outcomes.add(change.applyTo(transaction));
            }
        }
    }

    private static void judge(Transaction transaction, Intake.Result result) {
        Map<Long, Set<Long>> got = new HashMap<>();
        for (Committed made : result.committed()) {
            if (!made.supersedesPartials()) {
                got.computeIfAbsent(made.delivery().event(), no -> new HashSet<>())
                        .add(made.delivery().endpoint());
            }
        }
        Map<Long, Collection<Webhook>> ofAccounts = new HashMap<>();
        for (Event event : result.events()) {
            Call call = transaction.calls(List.of(event.call())).get(event.call());
            // A batch may erase what it reported before.
            if (call != null) {
                CallWebhook asked = call.spec().webhook();
                FanoutRules.everySubscriberGetsADelivery(
                        event,
                        call.spec(),
                        ofAccounts.computeIfAbsent(event.account(), account -> webhooks(transaction, account)),
                        asked == null
                                ? null
                                : transaction.webhook(asked.endpoint()).orElse(null),
                        got.getOrDefault(event.no(), Set.of()));
            }
        }
    }

    private static Collection<Webhook> webhooks(Transaction transaction, long account) {
        return transaction
                .webhooks(transaction.subscriptions(account).webhooks())
                .values();
    }

    private static void answers(List<Work> batch, List<CallAnswer> answers, Run run) {
        int from = 0;
        for (Work work : batch) {
            if (work instanceof Work.Commands some) {
                int to = from + some.commands().size();
                List<CallAnswer> own = List.copyOf(answers.subList(from, to));
                run.outcomes.add(() -> some.answered().accept(own));
                from = to;
            }
        }
    }
}
