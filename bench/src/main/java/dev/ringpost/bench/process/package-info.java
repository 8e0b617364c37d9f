/** What the kernel and the JVM say of the process that is measured. */
@NullMarked
package dev.ringpost.bench.process;

import org.jspecify.annotations.NullMarked;
