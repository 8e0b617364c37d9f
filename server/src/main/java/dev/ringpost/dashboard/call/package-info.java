/** Calls, and one call as it went: what it fired, where that was delivered, what was said. */
@NullMarked
package dev.ringpost.dashboard.call;

import org.jspecify.annotations.NullMarked;
