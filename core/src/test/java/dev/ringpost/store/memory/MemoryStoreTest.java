package dev.ringpost.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Given;
import dev.ringpost.store.Records;
import dev.ringpost.store.StoreConformance;
import dev.ringpost.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in memory keeps to the rules of the ports, as databases do. */
class MemoryStoreTest extends StoreConformance {
    private final NumberSource numbers = new NumberSource(InstantSource.fixed(Given.NOW), 0, 0);
    private final MemoryStore store = new MemoryStore(numbers);

    @BeforeEach
    void makeCalls() {
        makeCallsOfTheRules();
    }

    @Test
    void whatIsRolledBackNeverWas() {
        Transaction transaction = store.begin();
        transaction.insertCalls(List.of(Given.call(5000, Given.ACME, "x")));
        transaction.insertFresh(List.of(Given.delivery(1, 70)));
        store.rollback();
        assertThat(records().call(Given.ACME, 5000)).isEmpty();
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(store.commit()).isEmpty();
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        try {
            T result = work.apply(store.begin());
            store.commit();
            return result;
        } finally {
            store.rollback();
        }
    }

    @Override
    public Records records() {
        return store.records();
    }

    @Override
    public Backlog backlog() {
        return store.backlog();
    }

    @Override
    public NumberSource numbers() {
        return numbers;
    }
}
