/** What a client may do with a connection: its framing, its time, how many there are. */
@NullMarked
package dev.ringpost.api.connection;

import org.jspecify.annotations.NullMarked;
