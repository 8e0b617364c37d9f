/** How the account's events are getting through: numbers over time, and what needs somebody's attention. */
@NullMarked
package dev.ringpost.dashboard.overview;

import org.jspecify.annotations.NullMarked;
