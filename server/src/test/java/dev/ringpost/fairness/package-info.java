@NullMarked
package dev.ringpost.fairness;

import org.jspecify.annotations.NullMarked;
