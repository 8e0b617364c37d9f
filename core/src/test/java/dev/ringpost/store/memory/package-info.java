/**
 * A store that forgets with the process: the one that core's tests and the simulation use. It keeps the rules of
 * {@link dev.ringpost.store.StoreConformance} as a database does, roll-back included.
 */
@NullMarked
package dev.ringpost.store.memory;

import org.jspecify.annotations.NullMarked;
