package dev.ringpost.store;

import dev.ringpost.delivery.Queued;
import java.util.List;

/**
 * A part of what a sweep covers in the queue.
 *
 * @param rows in order of event number
 * @param lastEvent where the next part begins, after this event; {@link Long#MAX_VALUE}: this was the last
 */
public record SweepSlice(List<Queued> rows, long lastEvent) {}
