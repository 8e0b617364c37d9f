/** What must hold in a world at every step. */
@NullMarked
package dev.ringpost.sim.invariant;

import org.jspecify.annotations.NullMarked;
