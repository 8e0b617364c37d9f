package dev.ringpost.commit;

import dev.ringpost.store.Transaction;
import java.util.function.Supplier;

/**
 * A database's one write side. Used by the writer thread only. Every method but {@link #rollback} throws
 * {@link StoreUnavailable} where the database can't do it now (disk full, I/O error), and another exception where the
 * fault lies in what was asked for.
 */
public interface WriteSide {
    /** Starts a transaction; there is at most one at a time. */
    Transaction begin();

    /**
     * Makes the transaction durable. After an exception {@link #rollback} is due.
     *
     * @return what it wrote
     */
    Written commit();

    /** Undoes everything since {@link #begin}. Does nothing where nothing is open. Never throws. */
    void rollback();

    /** Runs a part of the transaction; where it throws, what it did is undone and what was done before it stays. */
    <T> T part(Supplier<T> work);

    /** Called between two batches, for upkeep that must not run beside a transaction. */
    void betweenBatches();
}
