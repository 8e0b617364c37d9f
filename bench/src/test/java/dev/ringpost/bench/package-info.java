@NullMarked
package dev.ringpost.bench;

import org.jspecify.annotations.NullMarked;
