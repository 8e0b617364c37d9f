@NullMarked
package dev.ringpost.dashboard.portal;

import org.jspecify.annotations.NullMarked;
