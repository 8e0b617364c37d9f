/** Counts what happens while it happens, and adds it to the store every few seconds. */
@NullMarked
package dev.ringpost.counting;

import org.jspecify.annotations.NullMarked;
