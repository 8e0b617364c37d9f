/** Sealing, proven. */
@NullMarked
package dev.ringpost.secret;

import org.jspecify.annotations.NullMarked;
