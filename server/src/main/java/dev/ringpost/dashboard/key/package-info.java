/** The account's API keys. */
@NullMarked
package dev.ringpost.dashboard.key;

import org.jspecify.annotations.NullMarked;
