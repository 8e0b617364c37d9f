/** A simulated world: time, a store, nodes, receivers, and whoever reports calls and changes webhooks. */
@NullMarked
package dev.ringpost.sim.world;

import org.jspecify.annotations.NullMarked;
