/** How accounts divide what they must share. */
@NullMarked
package dev.ringpost.fairness;

import org.jspecify.annotations.NullMarked;
