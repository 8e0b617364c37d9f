package dev.ringpost.sqlite;

import dev.ringpost.commit.WriteSide;
import dev.ringpost.store.Transaction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer connection. */
final class SqliteWriteSide implements WriteSide {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriteSide.class);

    private final Database database;
    private final SqliteTransaction transaction;
    private final Checkpointer checkpointer;

    SqliteWriteSide(Database database, SqliteTransaction transaction, Checkpointer checkpointer) {
        this.database = database;
        this.transaction = transaction;
        this.checkpointer = checkpointer;
    }

    @Override
    public Transaction begin() {
        database.update("begin immediate");
        return transaction;
    }

    @Override
    public void commit() {
        database.update("commit");
        if (transaction.ended()) {
            checkpointer.leftTraces();
        }
        checkpointer.written();
    }

    @Override
    public void rollback() {
        transaction.ended();
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
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            undoPart(e);
            throw e;
        }
        database.update("release part");
        return result;
    }

    @Override
    public void betweenBatches() {
        try {
            if (checkpointer.isTruncationDue()) {
                checkpointer.truncate();
            } else if (checkpointer.isRestartDue()) {
                checkpointer.restart();
            }
        } catch (RuntimeException e) {
            LOG.warn("The write-ahead log can't be restarted, it grows until it can: {}", e.getMessage());
        }
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
