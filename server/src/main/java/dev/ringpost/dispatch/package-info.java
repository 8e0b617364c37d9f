/** The delivery engine's shell: real clock, real sender, real store. */
@NullMarked
package dev.ringpost.dispatch;

import org.jspecify.annotations.NullMarked;
