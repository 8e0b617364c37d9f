/** The master key, and what is sealed with it. */
@NullMarked
package dev.ringpost.secret;

import org.jspecify.annotations.NullMarked;
