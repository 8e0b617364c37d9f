/** A call, its state machine and the seven events it fires. */
@NullMarked
package dev.ringpost.call;

import org.jspecify.annotations.NullMarked;
