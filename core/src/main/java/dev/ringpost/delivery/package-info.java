/** The delivery engine: lanes, retry schedule, breaker, ordering. No thread, clock, socket or database in here. */
@NullMarked
package dev.ringpost.delivery;

import org.jspecify.annotations.NullMarked;
