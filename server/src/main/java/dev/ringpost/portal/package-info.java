/** Links that open the pages of an account for its customer, without a key: what they allow, and how they are sealed. */
@NullMarked
package dev.ringpost.portal;

import org.jspecify.annotations.NullMarked;
