/** The demo: a story told through the public API, and the receiver that it is delivered to. */
@NullMarked
package dev.ringpost.demo;

import org.jspecify.annotations.NullMarked;
