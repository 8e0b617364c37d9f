/** The ports that a database implements, in the domain's words. */
@NullMarked
package dev.ringpost.store;

import org.jspecify.annotations.NullMarked;
