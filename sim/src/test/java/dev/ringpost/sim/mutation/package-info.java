/** Plants bugs in the engine, one at a time, and tells whether the simulation notices. */
@NullMarked
package dev.ringpost.sim.mutation;

import org.jspecify.annotations.NullMarked;
