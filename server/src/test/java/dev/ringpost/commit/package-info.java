/** Group commit, proven. */
@NullMarked
package dev.ringpost.commit;

import org.jspecify.annotations.NullMarked;
