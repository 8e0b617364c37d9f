/** Fills a store through its own write side, faster than a server could be told. */
@NullMarked
package dev.ringpost.bench.store;

import org.jspecify.annotations.NullMarked;
