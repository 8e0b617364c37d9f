package dev.ringpost.store;

import dev.ringpost.id.NumberSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;

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

    /**
     * Makes the calls 1 to 1000, whose events and deliveries many rules write, in an account of their own. To be called
     * once the store is open.
     */
    default void makeCallsOfTheRules() {
        write(tx -> tx.insertCalls(LongStream.rangeClosed(1, 1000)
                .mapToObj(no -> Given.call(no, Given.CALLS_OF_THE_RULES, null))
                .toList()));
    }
}
