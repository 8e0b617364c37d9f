@NullMarked
package dev.ringpost.bench.load;

import org.jspecify.annotations.NullMarked;
