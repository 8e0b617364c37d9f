/** The HTTP API: one class of routes for each resource. */
@NullMarked
package dev.ringpost.api;

import org.jspecify.annotations.NullMarked;
