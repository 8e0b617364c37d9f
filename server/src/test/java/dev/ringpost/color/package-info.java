@NullMarked
package dev.ringpost.color;

import org.jspecify.annotations.NullMarked;
