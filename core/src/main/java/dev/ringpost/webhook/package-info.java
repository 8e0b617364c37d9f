/** A webhook, its options, and which webhooks an event goes to. */
@NullMarked
package dev.ringpost.webhook;

import org.jspecify.annotations.NullMarked;
