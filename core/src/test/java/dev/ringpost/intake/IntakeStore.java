package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.memory.MemoryStore;
import dev.ringpost.webhook.Webhook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store in memory, and how many statements were made: a batch's cost must not grow with its size. */
final class IntakeStore {
    private final MemoryStore store;
    private final List<String> statements = new ArrayList<>();

    IntakeStore(NumberSource numbers) {
        this.store = new MemoryStore(numbers);
    }

    <T> T inTransaction(Function<Transaction, T> work) {
        T result = work.apply(counted(store.begin()));
        store.commit();
        return result;
    }

    void write(Consumer<Transaction> change) {
        inTransaction(tx -> {
            change.accept(tx);
            return tx;
        });
    }

    private Transaction counted(Transaction transaction) {
        return (Transaction) Proxy.newProxyInstance(
                IntakeStore.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, arguments) -> {
                    statements.add(method.getName());
                    try {
                        return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The names of the methods called since the last time this was asked. */
    List<String> takeStatements() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    void insertWebhook(Webhook webhook) {
        write(tx -> tx.insertWebhook(webhook));
    }

    List<Event> events() {
        return store.events();
    }

    List<Delivery> fresh() {
        return store.backlog().fresh(0, 0, Integer.MAX_VALUE);
    }

    Optional<Instant> timer(long call, CallTimer.Kind kind) {
        return store.backlog().dueTimers(kind, Instant.MAX, Integer.MAX_VALUE).stream()
                .filter(timer -> timer.call() == call)
                .map(timer -> Optional.ofNullable(timer.due()))
                .findFirst()
                .orElseGet(Optional::empty);
    }

    /** Oldest first. */
    List<Call> allCalls() {
        return store.calls().stream().sorted(Comparator.comparingLong(Call::no)).toList();
    }

    Call call(long no) {
        return allCalls().stream()
                .filter(call -> call.no() == no)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no call " + no));
    }

    /** It grew too old. */
    void forgetCall(long no) {
        store.forgetCall(no);
    }
}
