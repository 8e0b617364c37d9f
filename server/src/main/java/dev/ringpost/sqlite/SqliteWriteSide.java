package dev.ringpost.sqlite;

import dev.ringpost.commit.WriteSide;
import dev.ringpost.commit.Written;
import dev.ringpost.store.Transaction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer connection. */
final class SqliteWriteSide implements WriteSide {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriteSide.class);

    private final Database database;
    private final SqliteTransaction transaction;
    private final LateIndexes indexes;
    private final Checkpointer checkpointer;
    private long changesBefore;

    SqliteWriteSide(Database database, SqliteTransaction transaction, LateIndexes indexes, Checkpointer checkpointer) {
        this.database = database;
        this.transaction = transaction;
        this.indexes = indexes;
        this.checkpointer = checkpointer;
    }

    @Override
    public Transaction begin() {
        database.update("begin immediate");
        changesBefore = changes();
        return transaction;
    }

    @Override
    public Written commit() {
        boolean changed = changes() != changesBefore;
        transaction.beforeCommit();
        database.update("commit");
        Written written = transaction.written(changed);
        if (transaction.ended(true)) {
            checkpointer.leftTraces();
        }
        checkpointer.written();
        return written;
    }

    @Override
    public void rollback() {
        transaction.written(false);
        transaction.ended(false);
        undo();
    }

    private void undo() {
        try {
            database.update("rollback");
        } catch (RuntimeException e) {
            // After a full disk or an I/O error SQLite may have rolled back by itself: then there is nothing to undo.
            LOG.debug("Nothing to roll back: {}", e.getMessage());
        }
    }

    @Override
    public <T> T part(Supplier<T> work) {
        database.update("savepoint part");
        Runnable undo = transaction.part();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            undoPart(e);
            undo.run();
            throw e;
        }
        database.update("release part");
        return result;
    }

    @Override
    public void betweenBatches() {
        transaction.upkeep();
        if (indexes.isDue()) {
            fillIndex();
        }
        if (checkpointer.isTruncationDue()) {
            checkpointer.truncate();
        } else if (checkpointer.isRestartDue()) {
            checkpointer.restart();
        } else if (checkpointer.isLittleLeft()) {
            checkpointer.moveRest();
        }
    }

    private void fillIndex() {
        try {
            database.update("begin immediate");
            indexes.fillNext();
            database.update("commit");
        } catch (RuntimeException e) {
            undo();
            indexes.failed(e);
            return;
        } catch (Error e) {
            undo();
            throw e;
        }
        indexes.committed();
        checkpointer.written();
    }

    private long changes() {
        return database.first("select total_changes()", row -> row.number(1)).orElseThrow();
    }

    private void undoPart(Throwable reason) {
        try {
            database.update("rollback to part");
            database.update("release part");
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
