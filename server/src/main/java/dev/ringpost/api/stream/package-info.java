/** Answers that go on: server-sent events, read from the store as fast as a client takes them. */
@NullMarked
package dev.ringpost.api.stream;

import org.jspecify.annotations.NullMarked;
