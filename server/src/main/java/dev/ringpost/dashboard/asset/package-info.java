/** What pages load: style, scripts and icons, under names that change with their content. */
@NullMarked
package dev.ringpost.dashboard.asset;

import org.jspecify.annotations.NullMarked;
