/** Replays: events of the past go to a webhook once more. */
@NullMarked
package dev.ringpost.replay;

import org.jspecify.annotations.NullMarked;
