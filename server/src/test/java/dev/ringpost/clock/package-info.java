@NullMarked
package dev.ringpost.clock;

import org.jspecify.annotations.NullMarked;
