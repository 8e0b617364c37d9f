/** The customer portal: the pages of one account for who was given a link, also in a frame of another site. */
@NullMarked
package dev.ringpost.dashboard.portal;

import org.jspecify.annotations.NullMarked;
