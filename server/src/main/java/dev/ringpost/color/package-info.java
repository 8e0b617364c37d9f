/** Colours, and whether one can be read on another. */
@NullMarked
package dev.ringpost.color;

import org.jspecify.annotations.NullMarked;
