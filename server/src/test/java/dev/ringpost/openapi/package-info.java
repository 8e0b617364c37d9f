/** Holds openapi.yaml true: what it says is what the server does. */
@NullMarked
package dev.ringpost.openapi;

import org.jspecify.annotations.NullMarked;
