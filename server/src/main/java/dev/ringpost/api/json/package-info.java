/** Strict JSON in, JSON out. */
@NullMarked
package dev.ringpost.api.json;

import org.jspecify.annotations.NullMarked;
