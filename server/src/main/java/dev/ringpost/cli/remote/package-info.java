/** What the commands that talk to a running server are made of: all of it goes through the public API. */
@NullMarked
package dev.ringpost.cli.remote;

import org.jspecify.annotations.NullMarked;
