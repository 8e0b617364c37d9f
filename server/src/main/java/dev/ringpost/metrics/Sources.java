package dev.ringpost.metrics;

import dev.ringpost.api.Readiness;
import dev.ringpost.delivery.EngineView;
import dev.ringpost.store.BacklogSize;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the values come from that are asked for at each scrape.
 *
 * @param backlog counts what waits; may take long
 * @param commandsWaiting for a commit
 * @param openSockets of the sender
 * @param databaseBytes length of the database's file
 * @param logBytes length of its write-ahead log
 * @param dataFolder the folder of both, for its disk's space
 */
public record Sources(
        Readiness readiness,
        Supplier<CompletableFuture<EngineView>> engine,
        Supplier<BacklogSize> backlog,
        IntSupplier commandsWaiting,
        IntSupplier openSockets,
        LongSupplier databaseBytes,
        LongSupplier logBytes,
        Path dataFolder) {}
