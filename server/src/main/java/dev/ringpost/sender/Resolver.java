package dev.ringpost.sender;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looks host names up. */
@FunctionalInterface
public interface Resolver {
    /**
     * The future never fails, and may complete on any thread.
     *
     * @param account for whom: lookups that take long must cost no other account
     */
    CompletableFuture<Answer> resolve(long account, String host);

    /** What the lookup of a name gave. */
    sealed interface Answer {
        /** All addresses, best first; at least one. */
        record Found(List<InetAddress> addresses) implements Answer {
            public Found {
                if (addresses.isEmpty()) {
                    throw new IllegalArgumentException("A name that was found has at least one address");
                }
                addresses = List.copyOf(addresses);
            }
        }

        /** None, and why, in words that follow "DNS: ". */
        record NotFound(String reason) implements Answer {}
    }
}
