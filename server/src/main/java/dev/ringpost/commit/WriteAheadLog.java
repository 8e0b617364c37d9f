package dev.ringpost.commit;

import java.util.concurrent.CompletableFuture;

/** What a database keeps beside its tables of what was committed: also of what a later commit overwrote. */
@FunctionalInterface
public interface WriteAheadLog {
    /** Completes once nothing is left in it, on the disk neither, of what was erased before this call. */
    CompletableFuture<Void> traceless();
}
