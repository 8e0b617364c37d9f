/** Who watches what is new in an account is woken after the commit. */
@NullMarked
package dev.ringpost.live;

import org.jspecify.annotations.NullMarked;
