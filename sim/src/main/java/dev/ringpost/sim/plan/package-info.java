/** What happens in a world, as data: the whole of it follows from a seed, and can be shrunk. */
@NullMarked
package dev.ringpost.sim.plan;

import org.jspecify.annotations.NullMarked;
