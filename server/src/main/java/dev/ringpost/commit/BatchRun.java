package dev.ringpost.commit;

import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Committed;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch's work inside its transaction: results, then commands, then changes. What it says about the outcome is true
 * only once the transaction is committed.
 */
final class BatchRun {
    private final WriteSide store;
    private final Transaction transaction;
    private final CallFold fold;
    private final List<Runnable> completions = new ArrayList<>();
    private final List<Committed> committed = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    BatchRun(WriteSide store, Transaction transaction, CallFold fold) {
        this.store = store;
        this.transaction = transaction;
        this.fold = fold;
    }

    /** Runs all at once, which is cheap. An exception says that some work is at fault, not which. */
    void whole(Inbox.Batch batch) {
        write(batch.writes());
        command(batch.commands());
        change(batch.changes());
    }

    /** Finds the faulty works by halves and fails them alone. */
    void piecewise(Inbox.Batch batch) {
        halve(batch.writes(), this::write);
        halve(batch.commands(), this::command);
        change(batch.changes());
    }

    /** What tells the callers; to be run after the commit. */
    List<Runnable> completions() {
        return completions;
    }

    /** What the engine is told after the commit, in order. */
    List<Committed> committed() {
        return committed;
    }

    /** What was fired. */
    List<Event> events() {
        return events;
    }

    private void write(List<Work.Writes> works) {
        if (works.isEmpty()) {
            return;
        }
        List<LaneWrite> all = new ArrayList<>();
        works.forEach(work -> all.addAll(work.writes()));
        transaction.apply(all);
        works.forEach(work -> completions.add(() -> work.future().complete(null)));
    }

    private void command(List<Work.Commands> works) {
        if (works.isEmpty()) {
            return;
        }
        List<CallCommand> all = new ArrayList<>();
        works.forEach(work -> all.addAll(work.commands()));
        CallFold.Folded folded = fold.fold(transaction, all);
        List<Runnable> outcomes = new ArrayList<>(works.size());
        int from = 0;
        for (Work.Commands work : works) {
            int to = from + work.commands().size();
            List<CallAnswer> answers = List.copyOf(folded.answers().subList(from, to));
            work.after().run(transaction, answers);
            outcomes.add(() -> work.future().complete(answers));
            from = to;
        }
        committed.addAll(folded.committed());
        events.addAll(folded.events());
        completions.addAll(outcomes);
    }

    private void change(List<Work.Management<?>> works) {
        for (Work.Management<?> work : works) {
            try {
                completions.add(store.part(() -> work.apply(transaction)));
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                completions.add(() -> work.future().completeExceptionally(e));
            }
        }
    }

    private <W extends Work> void halve(List<W> works, Step<W> step) {
        if (works.isEmpty()) {
            return;
        }
        try {
            store.part(() -> {
                step.run(works);
                return works.size();
            });
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            if (works.size() == 1) {
                completions.add(() -> works.getFirst().future().completeExceptionally(e));
                return;
            }
            int middle = works.size() / 2;
            halve(works.subList(0, middle), step);
            halve(works.subList(middle, works.size()), step);
        }
    }

    /** Adds completions only as its last act, when nothing of it can fail any more. */
    @FunctionalInterface
    private interface Step<W extends Work> {
        void run(List<W> works);
    }
}
