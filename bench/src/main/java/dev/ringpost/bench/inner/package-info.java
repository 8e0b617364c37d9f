/** JMH benchmarks of the inner pieces. */
@NullMarked
package dev.ringpost.bench.inner;

import org.jspecify.annotations.NullMarked;
