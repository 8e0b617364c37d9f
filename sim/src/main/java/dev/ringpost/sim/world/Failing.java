package dev.ringpost.sim.world;

import dev.ringpost.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A transaction in which the database fails after some statements. */
final class Failing {
    private Failing() {}

    static Transaction after(Transaction transaction, int statements, Supplier<RuntimeException> failure) {
        AtomicInteger left = new AtomicInteger(statements);
        return (Transaction) Proxy.newProxyInstance(
                Failing.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, arguments) -> {
                    if (left.getAndDecrement() <= 0) {
                        throw failure.get();
                    }
                    try {
                        return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
