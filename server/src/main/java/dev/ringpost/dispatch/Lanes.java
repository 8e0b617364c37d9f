package dev.ringpost.dispatch;

import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.LaneState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Lets deliveries join an endpoint's queue in the store while its engine runs. */
public interface Lanes {
    /**
     * Changes the store, after everything that the engine has asked for so far.
     *
     * @param lane how the endpoint's lane is after the change; empty where nothing joined its queue
     */
    <T> CompletableFuture<T> join(long endpoint, Journal.Change<T> change, Function<T, Optional<LaneState>> lane);
}
