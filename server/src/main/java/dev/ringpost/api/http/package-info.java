/** The way of a request from its head to its handler and back: keys, scopes, limits, lists. */
@NullMarked
package dev.ringpost.api.http;

import org.jspecify.annotations.NullMarked;
