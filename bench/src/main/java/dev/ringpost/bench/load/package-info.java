/** What posts reports and what takes deliveries, cheap enough to share the machine with what is measured. */
@NullMarked
package dev.ringpost.bench.load;

import org.jspecify.annotations.NullMarked;
