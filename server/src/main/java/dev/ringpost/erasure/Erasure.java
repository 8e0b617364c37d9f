package dev.ringpost.erasure;

import dev.ringpost.commit.Journal;
import dev.ringpost.commit.WriteAheadLog;
import dev.ringpost.dispatch.Dispatch;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Erases calls. What is stored about a call is sealed with a key of its own, so one commit that overwrites the key makes
 * all of it unreadable, whatever copies of pages the file still has; the write-ahead log, which has the key as well, is
 * cut before anybody is told. The rows are worked off later.
 */
public final class Erasure {
    private final Journal journal;
    private final WriteAheadLog log;
    private final Dispatch dispatch;
    private final Runnable rowsLeft;

    /** @param rowsLeft told when there are rows to work off */
    public Erasure(Journal journal, WriteAheadLog log, Dispatch dispatch, Runnable rowsLeft) {
        this.journal = journal;
        this.log = log;
        this.dispatch = dispatch;
        this.rowsLeft = rowsLeft;
    }

    /**
     * Erases a call.
     *
     * @return {@link CallAnswer.Erased} once nothing of it can be read from the disk any more; or why it was not erased
     */
    public CompletableFuture<CallAnswer> call(long account, long no) {
        return journal.submit(List.of(new CallCommand.Erase(account, no)))
                .thenApply(List::getFirst)
                .thenCompose(this::forgotten);
    }

    private CompletableFuture<CallAnswer> forgotten(CallAnswer answer) {
        if (answer instanceof CallAnswer.Erased(long account, long call)) {
            dispatch.callErased(account, call);
            rowsLeft.run();
        }
        boolean isGone = answer instanceof CallAnswer.Erased || answer instanceof CallAnswer.WasErased;
        return isGone ? log.traceless().thenApply(traceless -> answer) : CompletableFuture.completedFuture(answer);
    }
}
