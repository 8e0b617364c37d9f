/** What every database has to keep to; a database's own tests subclass {@link dev.ringpost.store.StoreConformance}. */
@NullMarked
package dev.ringpost.store;

import org.jspecify.annotations.NullMarked;
