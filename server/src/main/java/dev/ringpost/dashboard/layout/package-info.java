/** What all pages share. */
@NullMarked
package dev.ringpost.dashboard.layout;

import org.jspecify.annotations.NullMarked;
