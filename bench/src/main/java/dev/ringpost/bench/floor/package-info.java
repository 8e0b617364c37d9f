/** The least that an event can cost: each part alone, in a process of its own. */
@NullMarked
package dev.ringpost.bench.floor;

import org.jspecify.annotations.NullMarked;
