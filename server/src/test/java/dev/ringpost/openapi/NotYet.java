package dev.ringpost.openapi;

import java.util.Set;

/** Operations that the contract has and that are being built. */
public final class NotYet {
    public static final Set<String> SERVED =
            Set.of("listWaiting", "createReplay", "getReplay", "cancelReplay", "retryDelivery");

    private NotYet() {}
}
