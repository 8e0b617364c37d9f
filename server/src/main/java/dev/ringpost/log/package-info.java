/** How log lines look. Nothing that users send or keep secret may stand in one. */
@NullMarked
package dev.ringpost.log;

import org.jspecify.annotations.NullMarked;
