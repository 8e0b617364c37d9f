/** What time it is, for what waits and for what is written down, when the machine's clock is set. */
@NullMarked
package dev.ringpost.clock;

import org.jspecify.annotations.NullMarked;
