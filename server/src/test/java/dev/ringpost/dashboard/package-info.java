/** The dashboard, as a browser meets it. */
@NullMarked
package dev.ringpost.dashboard;

import org.jspecify.annotations.NullMarked;
