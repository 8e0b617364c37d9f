/** Wakes calls when their time has come. */
@NullMarked
package dev.ringpost.timer;

import org.jspecify.annotations.NullMarked;
