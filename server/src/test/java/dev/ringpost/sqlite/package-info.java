/** The store on SQLite, proven. */
@NullMarked
package dev.ringpost.sqlite;

import org.jspecify.annotations.NullMarked;
