/** Group commit: one writer thread makes one transaction of whatever waits. */
@NullMarked
package dev.ringpost.commit;

import org.jspecify.annotations.NullMarked;
