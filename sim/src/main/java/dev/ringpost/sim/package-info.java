/** The delivery engine and the call's state machine in a simulated world: seeds, their runs, and what they found. */
@NullMarked
package dev.ringpost.sim;

import org.jspecify.annotations.NullMarked;
