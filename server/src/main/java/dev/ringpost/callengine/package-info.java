/** Tells the call engine which calls to place and to stop, until it takes each command or the command's time is up. */
@NullMarked
package dev.ringpost.callengine;

import org.jspecify.annotations.NullMarked;
