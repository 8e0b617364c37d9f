/** Commands to a real engine over real sockets, from a real store. */
@NullMarked
package dev.ringpost.callengine;

import org.jspecify.annotations.NullMarked;
