package dev.ringpost.store;

import dev.ringpost.id.NumberSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a database gives to be tested. */
public interface StoreUnderTest {
    /** Runs the work in a transaction and commits it. */
    <T> T inTransaction(Function<Transaction, T> work);

    Records records();

    Backlog backlog();

    /** The store's own. Its clock is {@link Given#NOW} and stands still. */
    NumberSource numbers();

    default void write(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return 0;
        });
    }
}
