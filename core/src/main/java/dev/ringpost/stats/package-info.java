/** Numbers over time: how many events, deliveries and attempts there were, and how late deliveries came. */
@NullMarked
package dev.ringpost.stats;

import org.jspecify.annotations.NullMarked;
