/** The HTTP client: target vetting, pinning, deadlines, and what an answer means. */
@NullMarked
package dev.ringpost.sender;

import org.jspecify.annotations.NullMarked;
