/** How Ringpost forgets: calls and accounts that are erased, and what is older than the retention time. */
@NullMarked
package dev.ringpost.erasure;

import org.jspecify.annotations.NullMarked;
