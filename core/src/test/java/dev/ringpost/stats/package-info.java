@NullMarked
package dev.ringpost.stats;

import org.jspecify.annotations.NullMarked;
