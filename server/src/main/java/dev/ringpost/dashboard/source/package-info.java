/** Where calls come from: how a voice platform tells of them. */
@NullMarked
package dev.ringpost.dashboard.source;

import org.jspecify.annotations.NullMarked;
