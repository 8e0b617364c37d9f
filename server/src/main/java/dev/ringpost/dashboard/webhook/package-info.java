/** The pages of webhooks: which there are, how each does, and all that can be done with one. */
@NullMarked
package dev.ringpost.dashboard.webhook;

import org.jspecify.annotations.NullMarked;
