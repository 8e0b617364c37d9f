/** How log lines look. */
@NullMarked
package dev.ringpost.log;

import org.jspecify.annotations.NullMarked;
