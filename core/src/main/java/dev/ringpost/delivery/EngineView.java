package dev.ringpost.delivery;

/**
 * An engine as it is now.
 *
 * @param lanes endpoints that have something to do, or had until a minute ago
 * @param breakersOpen of them, those whose breaker holds deliveries back
 * @param inMemory deliveries in memory, in flight included
 * @param inFlight attempts that were begun and not ended
 * @param unrecorded results of attempts that are not committed
 * @param cutOff of these engines, those that take the network for down
 */
public record EngineView(int lanes, int breakersOpen, int inMemory, int inFlight, int unrecorded, int cutOff) {
    public static final EngineView NOTHING = new EngineView(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public EngineView plus(EngineView other) {
        return new EngineView(
                lanes + other.lanes,
                breakersOpen + other.breakersOpen,
                inMemory + other.inMemory,
                inFlight + other.inFlight,
                unrecorded + other.unrecorded,
                cutOff + other.cutOff);
    }
}
