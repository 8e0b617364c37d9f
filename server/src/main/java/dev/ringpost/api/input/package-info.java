/** What bodies say: each is checked as a whole, with every fault named, and becomes a domain record. */
@NullMarked
package dev.ringpost.api.input;

import org.jspecify.annotations.NullMarked;
