/** Whole servers, and endpoints for them to deliver to. */
@NullMarked
package dev.ringpost.running;

import org.jspecify.annotations.NullMarked;
