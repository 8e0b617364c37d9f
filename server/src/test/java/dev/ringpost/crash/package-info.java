/** A real process, killed under load. */
@NullMarked
package dev.ringpost.crash;

import org.jspecify.annotations.NullMarked;
