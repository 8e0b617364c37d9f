/** Receivers in four languages verify what a real server sends, by the code that the documentation shows. */
@NullMarked
package dev.ringpost.verify;

import org.jspecify.annotations.NullMarked;
