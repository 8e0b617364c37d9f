/** Standard Webhooks: sign and verify. */
@NullMarked
package dev.ringpost.signing;

import org.jspecify.annotations.NullMarked;
