@NullMarked
package dev.ringpost.counting;

import org.jspecify.annotations.NullMarked;
