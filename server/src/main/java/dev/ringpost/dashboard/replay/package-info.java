/** Events of the past, sent to a webhook once more. */
@NullMarked
package dev.ringpost.dashboard.replay;

import org.jspecify.annotations.NullMarked;
