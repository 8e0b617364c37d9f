/** Load on a whole server in a process of its own. */
@NullMarked
package dev.ringpost.bench;

import org.jspecify.annotations.NullMarked;
