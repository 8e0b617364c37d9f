@NullMarked
package dev.ringpost.delivery;

import org.jspecify.annotations.NullMarked;
