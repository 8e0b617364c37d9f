/** Retention with a clock that is moved by hand. */
@NullMarked
package dev.ringpost.erasure;

import org.jspecify.annotations.NullMarked;
