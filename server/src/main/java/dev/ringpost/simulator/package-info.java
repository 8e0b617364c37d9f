/** A call engine that plays calls in real time, for demos and trials. */
@NullMarked
package dev.ringpost.simulator;

import org.jspecify.annotations.NullMarked;
