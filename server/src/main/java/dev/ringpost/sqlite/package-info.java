/** The store on SQLite: one file in the data folder, one writer, a few readers. */
@NullMarked
package dev.ringpost.sqlite;

import org.jspecify.annotations.NullMarked;
