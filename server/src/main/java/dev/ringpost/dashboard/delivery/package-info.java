/** The pages of the attempt log, and of one delivery. */
@NullMarked
package dev.ringpost.dashboard.delivery;

import org.jspecify.annotations.NullMarked;
