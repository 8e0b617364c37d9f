/** The public API as the pages ask it. */
@NullMarked
package dev.ringpost.dashboard.client;

import org.jspecify.annotations.NullMarked;
