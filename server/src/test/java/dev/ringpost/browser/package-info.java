/** The dashboard in a real browser. */
@NullMarked
package dev.ringpost.browser;

import org.jspecify.annotations.NullMarked;
