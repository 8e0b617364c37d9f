@NullMarked
package dev.ringpost.sim;

import org.jspecify.annotations.NullMarked;
